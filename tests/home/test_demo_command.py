"""The demo command where it refuses, and that one seed is one demo."""

import socket
from contextlib import contextmanager
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.db import transaction

from consultations.models import Case, Consultation, Goal, PlanVersion, Review
from home.demo import build_demo
from home.demo.progress import Progress
from resources.services import load_library
from schools.models import Service, Visit
from tests.standing_rows import restore_standing_rows

SATURDAY = date(2028, 1, 1)


def built(seed):
    """What a very small demo says, in order; it is rolled back."""
    with transaction.atomic():
        build_demo(today=SATURDAY, seed=seed, progress=Progress(OutputWrapper(StringIO())), past_visits=1)
        content = [
            list(
                Case.objects.order_by("pk").values_list("first_name", "last_name", "year_group", "opened_on")
            ),
            list(Consultation.objects.order_by("pk").values_list("held_at", "minutes", "concern")),
            list(Visit.objects.order_by("pk").values_list("planned_start_at", "minutes_with_staff")),
            list(PlanVersion.objects.order_by("pk").values_list("number", "status", "review_on")),
            list(Goal.objects.order_by("pk").values_list("what", "rating")),
            list(Review.objects.order_by("pk").values_list("reviewed_at", "overall", "note")),
        ]
        transaction.set_rollback(True)
    return content


@pytest.mark.django_db
def test_one_seed_is_one_demo_and_another_seed_another():
    restore_standing_rows()
    load_library(by=None)
    first = built(seed=1)
    assert first == built(seed=1)
    assert first != built(seed=2)


@pytest.mark.django_db
def test_a_building_that_fails_leaves_nothing_behind(monkeypatch):
    restore_standing_rows()
    people = get_user_model().objects.count()
    with pytest.raises(RuntimeError, match="pulled the plug"), transaction.atomic():
        build_demo(today=SATURDAY, seed=1, progress=PulledPlug(OutputWrapper(StringIO())), past_visits=1)
    assert not Service.objects.exists()
    assert get_user_model().objects.count() == people


class PulledPlug(Progress):
    @contextmanager
    def counting(self, words):
        def count():
            raise RuntimeError("pulled the plug")

        yield count


@pytest.mark.parametrize("option", ["--fresh", "--no-serve"])
def test_it_does_not_run_with_the_settings_of_a_real_service(settings, option):
    settings.SECURE_SSL_REDIRECT = True
    with pytest.raises(CommandError, match="The demo does not run there"):
        call_command("demo", option)


@pytest.mark.django_db
@pytest.mark.parametrize("option", ["--fresh", "--no-serve"])
def test_it_leaves_a_database_alone_in_which_somebody_else_works(option):
    get_user_model().objects.create_user("somebody@trust.example")
    with pytest.raises(CommandError, match="people who are not of the demo"):
        call_command("demo", "--no-serve", option)
    assert get_user_model().objects.count() == 1


def test_a_taken_port_is_said_before_anything_is_built():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is in use"):
            call_command("demo", "--port", str(port))
