"""Cancelling and moving a visit: what it costs is said before anybody presses."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import Draft
from consultations.services import keep_draft
from schools.models import TimeEntry, Visit
from schools.querysets import Numbers
from schools.services import add_period, start_visit
from tests.cast import clinician
from tests.filling import banners, main_text, parsed, problems
from tests.places import new_person

Kind = TimeEntry.Kind
LATE = "This is less than 7 days before the visit: 1 half day counts as used."


def reasons(form):
    """{what can be chosen: what it does}"""
    items = parsed(form.page).select(".nhsuk-radios__item")
    return {
        item.label.get_text(strip=True): item.select_one(".nhsuk-hint").get_text(strip=True) for item in items
    }


def end(pot):
    """The lines of a pot after the first, which gave the time."""
    return list(pot.entries.filter(number__gt=1).in_order().values_list("kind", "minutes"))


def times_of(visit, days, hours=3):
    start = timezone.localtime(visit.planned_start_at) + timedelta(days=days)
    day = {"on_day": start.day, "on_month": start.month, "on_year": start.year}
    return day | {"starts": "9:00", "ends": f"{9 + hours}:00"}


# Cancelling.


def test_each_reason_says_what_it_does(core, open_form, make_visit):
    assert reasons(open_form(make_visit(days=2), "cancel")) == {
        "Cancelled by the school": LATE,
        "Cancelled by the clinician": "The time goes back to the school. 1 half day is owed to the school.",
        "School closed": "The time goes back to the school.",
    }
    today = reasons(open_form(make_visit(), "cancel"))
    assert today["Nobody to meet"] == "1 half day counts as used."


def test_in_time_it_says_until_when(core, open_form, make_visit, today):
    visit = make_visit(days=30)
    until = f"{today + timedelta(days=23):%-d %B %Y}, 9am"
    said = reasons(open_form(visit, "cancel"))["Cancelled by the school"]
    assert said == f"Nothing counts as used. It can be cancelled free of charge until {until}."
    assert "waived_because" not in open_form(visit, "cancel").whole()


def test_the_rules_of_the_agreement_are_said(core, open_form, make_visit, admin_person):
    core.notice, core.notice_days, core.late_charge_percent = "school_days", 5, 50
    core.school_closed = "used"
    save_tracked(core, by=admin_person, reason="Other rules")
    said = reasons(open_form(make_visit(days=2), "cancel"))
    assert said["Cancelled by the school"] == (
        "This is less than 5 school days before the visit: 1 hour 30 minutes count as used."
    )
    assert said["School closed"] == "1 half day counts as used."


def test_a_visit_without_a_pot_says_that_nothing_is_counted(open_form, make_visit):
    form = open_form(make_visit(days=2), "cancel")
    assert set(reasons(form).values()) == {"This visit draws on no agreement: nothing is counted."}
    page = form.client.post(form.url, form.whole(outcome="school_cancelled"), follow=True)
    assert "This visit did not take place: cancelled by the school." in main_text(page)


def test_cancelling_late_is_charged(core, open_form, make_visit, today):
    visit = make_visit(days=2)
    form = open_form(visit, "cancel")
    page = form.client.post(form.url, form.whole(outcome="school_cancelled"), follow=True)
    day = f"{today + timedelta(days=2):%-d %B %Y}"
    assert banners(page) == [f"The visit on {day} is cancelled."]
    assert end(core) == [("reserve", -180), ("release", 180), ("late_cancel_charge", -180)]


@pytest.mark.parametrize("who", ["priya", "ruth"])
def test_the_clinician_and_the_lead_leave_out_the_charge(request, core, open_form, make_visit, who):
    form = open_form(make_visit(days=2), "cancel", request.getfixturevalue(who))
    form.send(outcome="school_cancelled", waived_because="emergency")
    assert end(core) == [("reserve", -180), ("release", 180)]
    assert core.entries.get(kind=Kind.RELEASE).reason == "emergency"


def test_a_colleague_cancels_and_does_not_leave_out_the_charge(
    core, open_form, make_visit, quillbrook, admin_person
):
    mo = clinician(new_person("Mo", "Varley"), quillbrook, by=admin_person)
    form = open_form(make_visit(days=2), "cancel", mo)
    form.send(outcome="school_cancelled", waived_because="emergency")
    assert end(core)[-1] == ("late_cancel_charge", -180)


def test_a_reason_to_leave_it_out_is_not_heard_with_another_answer(core, open_form, make_visit):
    open_form(make_visit(days=2), "cancel").send(outcome="school_closed", waived_because="emergency")
    assert core.entries.get(kind=Kind.RELEASE).reason == ""


def test_link_staff_say_that_the_school_cancels(core, open_form, make_visit, sam):
    form = open_form(make_visit(days=2), "cancel", sam)
    assert reasons(form) == {"Cancelled by the school": LATE}
    refused = form.send(outcome="clinician_cancelled")
    assert problems(refused) == ["Select why the visit does not take place"]
    page = form.client.post(form.url, form.whole(waived_because="emergency"), follow=True)
    assert page.redirect_chain[-1][0] == "/schools/990001/visits/"
    assert end(core)[-1] == ("late_cancel_charge", -180)
    assert core.entries.last().by == sam


def test_link_staff_do_not_cancel_a_visit_that_began(core, open_form, make_visit, sam, priya):
    visit = make_visit(days=2)
    form = open_form(visit, "cancel", sam)
    begun = start_visit(visit, by=priya, at=timezone.now())
    said = "This visit has begun. Talk with the clinician."
    assert problems(form.send(opened_version=begun.version)) == [said]
    page = form.client.get(form.url, follow=True)
    assert banners(page) == [said]
    assert not parsed(page).main.select("ul.nhsuk-list a")
    assert end(core) == [("reserve", -180)]


def test_a_charge_that_was_not_on_the_page_is_shown_first(core, open_form, make_visit):
    form = open_form(make_visit(days=2), "cancel")
    page = form.send(outcome="school_cancelled", seen="0")
    assert problems(page) == ["What this costs changed while you had the page open. Look at it, then confirm"]
    assert end(core) == [("reserve", -180)]
    form.page = page
    assert form.send(outcome="school_cancelled").status_code == 302


def test_nothing_chosen_is_said(core, open_form, make_visit):
    page = open_form(make_visit(days=2), "cancel").send()
    assert problems(page) == ["Select why the visit does not take place"]


@pytest.mark.parametrize("value", ["done", "moved", "no_link_person", "9" * 30, "\0", "<b>", "x" * 100_000])
def test_a_forged_reason_is_refused(core, open_form, make_visit, value):
    page = open_form(make_visit(days=2), "cancel").send(outcome=value)
    assert problems(page) == ["Select why the visit does not take place"]
    assert end(core) == [("reserve", -180)]


def test_the_same_form_sent_again_cancels_once(core, open_form, make_visit):
    form = open_form(make_visit(days=2), "cancel")
    whole = form.whole(outcome="school_cancelled")
    assert form.client.post(form.url, whole).url == form.client.post(form.url, whole).url
    assert core.entries.numbers() == Numbers(had=3420, used=180)


def write_something(visit, make_consultation):
    make_consultation(visit=visit)


def begin_a_draft(visit, make_consultation):
    place = {"kind": "consultation", "partnership": visit.partnership, "visit": visit}
    keep_draft(uuid4(), {"a": ["b"]}, by=visit.clinician, path="/", at=timezone.now(), page=uuid4(), **place)


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (write_something, "There are consultations of this visit. Finish it instead."),
        (begin_a_draft, "Finish or discard 1 draft first."),
    ],
)
def test_a_visit_that_something_was_written_on_is_not_cancelled(
    core, open_form, make_visit, make_consultation, write, message
):
    visit = make_visit(started=True)
    form = open_form(visit, "cancel")
    write(visit, make_consultation)
    assert problems(form.send(outcome="school_closed")) == [message]
    assert Visit.objects.get(pk=visit.pk).outcome == ""
    assert Draft.objects.count() == (write is begin_a_draft)


# Moving.


def test_a_visit_moves_to_another_day(core, open_form, make_visit, today):
    visit = make_visit(days=3)
    form = open_form(visit, "move")
    assert form.whole()["starts"] == ["09:00"]
    page = form.client.post(form.url, form.whole(**times_of(visit, 7)), follow=True)
    day = f"{today + timedelta(days=10):%-d %B %Y}"
    assert banners(page) == [f"The visit is now on {day}, 9am to midday."]
    assert f"It was moved here from {today + timedelta(days=3):%-d %B %Y}, 9am." in main_text(page)
    old = form.client.get(visit.get_absolute_url())
    assert f"It is now on {day}, 9am" in main_text(old)
    assert core.entries.numbers() == Numbers(had=3420, booked=180)


@pytest.mark.parametrize(
    ("days", "hours", "message", "beside"),
    [
        (-4, 3, "The date of the visit must be today or later", "id_on"),
        (178, 3, "The day must be within the year of the agreement.", "id_on"),
        (0, 3, "Choose another day or time: the visit is then already.", "id_on"),
        (1, 0, "The end must be after the start", "id_ends"),
    ],
)
def test_where_it_cannot_move_is_said_beside_the_question(
    core, open_form, make_visit, days, hours, message, beside
):
    visit = make_visit(days=3)
    page = open_form(visit, "move").send(**times_of(visit, days, hours))
    assert problems(page) == [message]
    assert parsed(page).select_one(".nhsuk-error-message")["id"].startswith(beside)
    assert end(core) == [("reserve", -180)]


def test_the_same_form_sent_again_moves_once(core, open_form, make_visit):
    visit = make_visit(days=3)
    form = open_form(visit, "move")
    whole = form.whole(**times_of(visit, 7))
    assert form.client.post(form.url, whole).url == form.client.post(form.url, whole).url
    assert Visit.objects.count() == 2


def test_a_visit_is_not_moved_to_christmas_day(core, open_form, make_visit, calendar, service, admin_person):
    visit = make_visit(days=1)
    christmas = next_christmas(timezone.localdate())
    add_period(service, "bank_holiday", christmas, christmas, by=admin_person, name="Christmas Day")
    form = open_form(visit, "move")
    page = form.send(on_day=christmas.day, on_month=christmas.month, on_year=christmas.year)
    must = "The date of the visit must be a school day or an INSET day"
    assert problems(page) == [f"{must}: {christmas:%A %-d %B %Y} is a bank holiday (Christmas Day)"]
    assert parsed(page).select_one(".nhsuk-error-message")["id"].startswith("id_on")
    assert not Visit.objects.exclude(pk=visit.pk).exists()


def next_christmas(today):
    this_year = date(today.year, 12, 25)
    return this_year if this_year > today else date(today.year + 1, 12, 25)
