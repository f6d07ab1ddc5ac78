"""C8 says what will count as used, by the rules of the pot, before the visit is confirmed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.services import save_tracked
from schools.models import Visit
from schools.querysets import Numbers
from tests.filling import as_sent, banners, main_text, parsed, problems

RULE = (
    "What counts: time with staff; staff training; preparation and writing up; liaison. "
    "What does not count: travel. The time of a visit is rounded up to the next 15 minutes."
)


@pytest.fixture
def finishing(tab, priya, core, make_visit, make_consultation):
    """The page, open, of a visit from the core offer with one talk of 30 minutes."""
    visit = make_visit(started=True)
    make_consultation(visit=visit, minutes=30)
    visit.refresh_from_db()
    ends = timezone.localtime(visit.started_at) + timedelta(minutes=1)
    return tab(priya, f"{visit.get_absolute_url()}finish/", ended_time=f"{ends:%H:%M}")


def said(page):
    return [p.get_text(strip=True) for p in parsed(page).select("main .nhsuk-inset-text p")]


def test_what_is_on_the_page_counts_and_is_confirmed_at_once(finishing, core):
    assert said(finishing.page) == [
        "With these minutes 30 minutes count as used and 2 hours 30 minutes go back to the school.",
        RULE,
    ]
    assert finishing.send().status_code == 302
    assert core.entries.numbers() == Numbers(had=3420, used=30)


def test_other_minutes_are_said_before_they_count(finishing, core):
    page = finishing.send(minutes_with_staff="100", minutes_travel="40", minutes_writing_up="10")
    assert banners(page) == ["Check what counts as used, then confirm."]
    assert said(page)[0] == ("With these minutes 2 hours count as used and 1 hour goes back to the school.")
    assert core.entries.numbers().used == 0
    assert as_sent(page)["minutes_travel"] == ["40"]

    finishing.page = page
    assert finishing.send().status_code == 302
    assert core.entries.numbers() == Numbers(had=3420, used=120)


def test_minutes_that_cost_the_same_are_confirmed_at_once(finishing):
    assert finishing.send(minutes_with_staff="25", minutes_travel="90").status_code == 302


@pytest.mark.parametrize(
    ("rules", "sentence", "used"),
    [
        (
            {},
            "With these minutes 1 half day counts as used. "
            "1 hour is more than was planned, recorded and not counted.",
            180,
        ),
        ({"draws_past_planned": True}, "With these minutes 1 half day and 1 hour count as used.", 240),
    ],
)
def test_time_past_what_was_planned_is_said(finishing, core, admin_person, rules, sentence, used):
    for name, value in rules.items():
        setattr(core, name, value)
    save_tracked(core, by=admin_person, reason="Other rules")
    finishing.page = finishing.send(minutes_with_staff="240")
    assert said(finishing.page)[0] == sentence
    finishing.send()
    assert core.entries.numbers().used == used


def test_a_mistake_is_said_first_and_what_counts_after_it(finishing, core):
    finishing.page = finishing.send(minutes_with_staff="601")
    assert problems(finishing.page) == ["Minutes with staff must be between 0 and 600"]
    finishing.page = finishing.send(minutes_with_staff="60")
    assert said(finishing.page)[0].startswith("With these minutes 1 hour counts as used")
    assert finishing.send().status_code == 302
    assert core.entries.numbers().used == 60


def test_time_not_with_staff_is_asked_apart(finishing):
    (box,) = parsed(finishing.page).select("fieldset.app-section")
    assert box.legend.get_text(strip=True) == "Time not with staff"
    names = [control["name"] for control in box.select("input")]
    assert names == ["minutes_writing_up", "minutes_liaison", "minutes_travel"]


def test_a_visit_without_a_pot_has_nothing_to_check(tab, priya, visit):
    ends = timezone.localtime(visit.started_at) + timedelta(minutes=1)
    page = tab(priya, f"{visit.get_absolute_url()}finish/", ended_time=f"{ends:%H:%M}")
    assert "What counts:" not in main_text(page.page)
    assert page.send(minutes_with_staff="75").status_code == 302
    assert Visit.objects.get().minutes_with_staff == 75


def test_a_visit_finished_twice_counts_once(finishing, core):
    whole = finishing.whole()
    finishing.client.post(finishing.url, whole)
    page = finishing.client.post(finishing.url, whole)
    assert problems(page) == ["This visit is finished."]
    assert core.entries.numbers() == Numbers(had=3420, used=30)
