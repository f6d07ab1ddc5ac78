import datetime

import pytest

from accounts.models import RoleRow, User
from accounts.services import grant_role
from consultations.services import StepContent, open_case
from resources.models import LibraryPage, StrategyPage, Theme, TopicPage
from resources.services import load_library
from resources.services.library import open_library
from tests.records import few_texts, no_names_child, somebody_at
from tests.standing_rows import restore_standing_rows

from .reviewing import clinician, editor, waiting

__all__ = ["clinician", "editor", "waiting"]

START = datetime.date(2026, 9, 1)
# What a strategy needs before it is published, but for its title, themes and key stages.
WORDS = {
    "summary": "A calm place helps.",
    "steps": [("step", "Choose a place.")],
    "when_to_use": [("line", "A child is often upset.")],
    "seek_help": [("line", "It gets worse.")],
    "settings": ["child"],
    "who": ["teacher"],
    "effort": "no_extra",
    "shows_in": "days",
    "evidence": "thin",
    "evidence_says": "Little is known.",
}
# What differs on a page about eating, self-harm or trauma.
FIRST_RESPONSE = {
    **dict.fromkeys(["when_to_use", "seek_help"], []),
    **dict.fromkeys(["effort", "shows_in"], ""),
    "whom_to_tell": [("line", "The safeguarding lead, today.")],
    "where_help_is": [("line", "The GP.")],
}


@pytest.fixture(autouse=True)
def what_the_migrations_wrote(db):
    """A journey that ran before these tests has emptied every table."""
    restore_standing_rows()


@pytest.fixture
def make_reader(ada, service, quillbrook):
    """Somebody with a role of this kind and no other."""
    places = {"service": service, "partnership": quillbrook, "school": quillbrook.school}

    def make(kind):
        person = User.objects.create_user(f"{kind}@example.com", first_name=kind, last_name="Reader")
        grant_role(person, kind, places[RoleRow.SCOPES[kind]], start_on=START, by=ada)
        return person

    return make


@pytest.fixture
def library(ada):
    """The front page with the ten strategies the product brings."""
    load_library(ada, texts=few_texts(), topics=[])
    return LibraryPage.objects.get()


@pytest.fixture
def empty_library(db):
    return open_library(None)


@pytest.fixture
def make_strategy(empty_library):
    """A published strategy, and no other in the library but those made here."""

    def make(title="A quiet corner", themes=("worry",), key_stages=("KS2",), live=True, **fields):
        fields = WORDS | fields
        if {"eating", "self-harm", "trauma"} & set(themes):
            fields |= FIRST_RESPONSE
        page = StrategyPage(title=title, key_stages=list(key_stages), live=live, **fields)
        page.themes = list(Theme.objects.filter(slug__in=themes))
        empty_library.refresh_from_db()
        return empty_library.add_child(instance=page)

    return make


@pytest.fixture
def make_topic(empty_library):
    def make(theme="worry", title="Worry", summary="What worry looks like.", live=True, **fields):
        theme = Theme.objects.get(slug=theme)
        page = TopicPage(theme=theme, title=title, summary=summary, live=live, **fields)
        empty_library.refresh_from_db()
        return empty_library.add_child(instance=page)

    return make


@pytest.fixture
def make_case(quillbrook, priya, today, calendar):
    def make(about):
        return open_case(quillbrook, about, by=priya, on=today)

    return make


@pytest.fixture
def plan_with(make_plan, make_case, priya, sam):
    """A plan, agreed unless said otherwise, with one step for each of these strategies, for a `case` or for
    somebody new."""

    def make(*pages, status="agreed", case=None, about=None):
        case = case or make_case(about or no_names_child())
        who = somebody_at(case.partnership, priya)
        steps = [StepContent(f"{page.title}, as agreed", who, "weekly", strategy=page) for page in pages]
        return make_plan(status, steps=steps, case=case)

    return make
