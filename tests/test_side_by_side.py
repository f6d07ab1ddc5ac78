"""How a run is divided among processes, and what a test that commits leaves to the next file."""

import pytest
from django.core.management import call_command
from wagtail.models import Page

from resources.models import Theme
from tests.side_by_side import ByFile, commits


@pytest.mark.parametrize(
    ("test", "goes_with"),
    [
        ("tests/schools/test_terms.py::test_one[a::b]", "tests/schools/test_terms.py"),
        ("tests/canary/test_rows.py::test_one", "tests/canary"),
    ],
)
def test_a_file_is_run_whole_and_the_canary_in_one_process(test, goes_with):
    assert ByFile._split_scope(object.__new__(ByFile), test) == goes_with


@pytest.mark.django_db(transaction=True)
def test_one_that_commits_is_known(request):
    assert commits(request.node)
    call_command("flush", interactive=False)
    assert not Theme.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_behind_it_the_rows_of_the_migrations_are_back():
    assert Theme.objects.exists()
    assert Page.objects.filter(depth=1).exists()


@pytest.mark.django_db
def test_one_that_rolls_back_is_known(request):
    assert not commits(request.node)


@pytest.mark.parametrize("wanted", ["transactional_db", "live_server"])
def test_what_a_fixture_asks_for_counts(wanted):
    class Item:
        fixturenames = [wanted]

        def get_closest_marker(self, name):
            return None

    assert commits(Item())
