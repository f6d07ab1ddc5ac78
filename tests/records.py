"""Visits and consultations as the services make them, with one override at a time.

Without overrides everything here and in plans.py is Priya's work at Quillbrook, about a child called Robin.
"""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from consultations.models import Purpose
from consultations.services import ConsultationContent, NewCase, NewConsent, record_consultation
from resources.models import StrategyPage, Theme
from resources.services import load_library
from resources.services.texts import FIRST, read_texts, read_topics
from schools.models import MINUTES, VisitPattern
from schools.services import (
    add_person,
    apply_pattern,
    book_visit,
    digest_of_plan,
    plan_visits,
    start_visit,
)

from .standing_rows import restore_standing_rows


def local(day, hour, minute=0):
    """A time of a day at the school."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def minutes(with_staff, **other):
    """The minutes of a finished visit: what is not named is 0. `other` is such as writing_up=15."""
    named = {f"minutes_{name}": number for name, number in other.items()}
    return dict.fromkeys(MINUTES, 0) | {"minutes_with_staff": with_staff} | named


def named_child(**fields):
    """A child by name, with a parent's consent."""
    both = (Purpose.DISCUSS_BY_NAME, Purpose.SHARE_PLAN)
    consent = NewConsent("parent", "phone", timezone.localdate() - timedelta(days=1), purposes=both)
    names = {"first_name": "Robin", "last_name": "Underhay", "year_group": 4, "consent": consent}
    return NewCase("child", **(names | fields))


def no_names_child(**fields):
    return NewCase("child", **({"year_group": 4} | fields))


def whole_class(**fields):
    return NewCase("class", **({"group_name": "Year 3 Otters", "year_group": 3, "pupils": 28} | fields))


def somebody_at(partnership, by):
    """A person of the school to name in a record: the first there is, or a teaching assistant."""
    known = partnership.people.order_by("pk").first()
    return known or add_person(partnership, name="Mel Garside", job="Teaching assistant", by=by)


@pytest.fixture
def themes(db):
    """The themes by slug, as the migration wrote them."""
    restore_standing_rows()
    return {theme.slug: theme for theme in Theme.objects.all()}


@pytest.fixture
def library(themes):
    """Some strategies of the library by slug, one of them about self-harm, and a topic."""
    about_harm = next(text for text in read_texts() if "self-harm" in text["themes"])
    load_library(by=None, texts=[*few_texts(), about_harm], topics=read_topics()[:1])
    return {page.slug: page for page in StrategyPage.objects.all()}


def few_texts():
    """The ten strategies of the first release: all of them would take seconds in each test."""
    return read_texts(FIRST)


@pytest.fixture
def make_visit(priya, quillbrook, today):
    """Book a visit 9:00 to 12:00, `days` from today; `started` says that the clinician is there."""

    def make(partnership=quillbrook, clinician=priya, days=0, started=False, **pot):
        day = today + timedelta(days=days)
        hours = {"planned_start_at": local(day, 9), "planned_end_at": local(day, 12)}
        visit = book_visit(partnership, clinician, by=clinician, at=timezone.now(), **hours, **pot)
        # Never later than now, whatever the hour the tests run at.
        return start_visit(visit, by=clinician, at=min(local(day, 9), timezone.now())) if started else visit

    return make


def saved_pattern(partnership, clinician, **fields):
    """A fortnightly pattern of Wednesdays that begins today and lasts four weeks, with its visits."""
    today, now = timezone.localdate(), timezone.now()
    days = {"from_on": today, "until_on": today + timedelta(weeks=4)}
    given = {"weekday": 2, "every_weeks": 2, "parity": "first", "starts": time(9), "minutes": 180}
    of = {"partnership": partnership, "clinician": clinician}
    pattern = VisitPattern(**of | given | days | fields)
    seen = digest_of_plan(plan_visits(pattern, now=now))
    apply_pattern(pattern, seen=seen, by=clinician, at=now)
    return pattern


@pytest.fixture
def visit(make_visit):
    """Priya's visit to Quillbrook today, started."""
    return make_visit(started=True)


@pytest.fixture
def make_consultation(request, themes):
    """Log a consultation. `visit`, `about` (a Case or NewCase), `by`, `at`, `themes` (slugs), `people`,
    `tried`, `clinical_note` and `told` may be given; every other override is a column of Consultation."""

    def make(**overrides):
        visit = overrides.pop("visit", None) or request.getfixturevalue("visit")
        by = overrides.pop("by", visit.clinician)
        about = overrides.pop("about", None) or named_child()
        at = overrides.pop("at", None) or timezone.now()
        slugs = overrides.pop("themes", ["worry"])
        person = somebody_at(visit.partnership, by)
        people = overrides.pop("people", [{"person": person, "name": person.name, "job": person.job}])
        optional = overrides.keys() & {"tried", "clinical_note", "told"}
        parts = {name: overrides.pop(name) for name in optional}
        fields = {
            "held_at": visit.started_at,
            "minutes": 30,
            "concern": "Robin cries at the gate most mornings.",
            "agreed": "A calm start with the same adult.",
            "risk": "no",
            "next_step": "nothing_more",
        } | overrides
        content = ConsultationContent(fields, [themes[slug] for slug in slugs], people, **parts)
        return record_consultation(visit, about, content, by=by, at=at)

    return make
