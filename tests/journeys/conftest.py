"""What every journey begins with: a served product, a database that commits, and people who sign in.

A served page writes from another thread, so these tests commit, and every table is emptied after each.
`django_db_serialized_rollback` would bring the migrations' rows back only if every test that commits used
it, and copies the whole database at the start; the `themes` fixture of tests/records.py brings them back
at a fraction of that. The pages under /library/ need the `library` fixture besides.
"""

from pathlib import Path

import pytest

from .hand import Hand

PHONE = {"viewport": {"width": 320, "height": 640}}
HERE = Path(__file__).parent
# Where people write beside each other or lose a reply. What the other journeys press is tested on both
# databases without a browser.
ON_BOTH_DATABASES = {"test_buying", "test_conflict", "test_drafts", "test_main_job", "test_sharing"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent == HERE and item.path.stem not in ON_BOTH_DATABASES:
            item.add_marker(pytest.mark.one_database)


@pytest.fixture
def hand(browser, live_server, themes):
    """hand(priya): a browser of their own, signed in with a password. hand(): one that is not signed in.

    `quiet=False` is for journeys that lose their connection or session: the browser complains of those.
    """
    opened = []

    def open_one(person=None, quiet=True, **options):
        one = Hand(browser, live_server.url, **options)
        opened.append((one, quiet))
        return one.sign_in(person) if person else one

    yield open_one
    troubles = [trouble for one, quiet in opened if quiet for trouble in one.troubles]
    for one, _ in opened:
        one.context.close()
    assert troubles == []


@pytest.fixture
def keyboard(hand):
    """keyboard(priya): whoever it is, no mouse is used after signing in."""

    def open_one(person):
        one = hand(person, **PHONE)
        one.clicks = 0
        return one

    return open_one
