"""Cancelling, moving and correcting a visit: what it costs is said before anybody presses."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import Draft
from consultations.services import keep_draft
from schools.models import TimeEntry, Visit
from schools.querysets import Numbers
from schools.services import call_off_visit, close_visit, move_visit, start_visit
from tests.cast import clinician
from tests.filling import OpenForm, banners, main_text, parsed, problems
from tests.places import new_person
from tests.records import local, minutes

Kind = TimeEntry.Kind
LATE = "This is less than 7 days before the visit: 1 half day counts as used."


@pytest.fixture
def open_form(client, sign_in, priya):
    def open_it(visit, verb, who=priya, **answers):
        return OpenForm(sign_in(client, who), f"{visit.get_absolute_url()}{verb}/", **answers)

    return open_it


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


# Correcting.


@pytest.fixture
def done(make_visit):
    visit, now = make_visit(started=True), timezone.now()
    times = {"at": now, "ended_at": now, "opened_version": visit.version}
    return close_visit(visit, by=visit.clinician, minutes=minutes(90), **times)


def test_a_correction_shows_old_and_new_and_is_saved_after_that(core, done, open_form):
    form = open_form(done, "correct", reason="typed_wrongly", minutes_with_staff="60")
    form.page = form.send()
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in parsed(form.page).select("tbody tr")
    ]
    assert rows[0] == ["What Minutes with staff", "It was 90", "It will be 60"]
    assert (
        "1 hour counts as used, where it was 1 hour 30 minutes: 30 minutes are given back to the school."
        in main_text(form.page)
    )
    assert core.entries.numbers().used == 90

    page = form.client.post(form.url, form.whole(), follow=True)
    assert banners(page) == ["Minutes corrected. It shows on the statement."]
    assert core.entries.numbers() == Numbers(had=3420, used=60)
    assert "1 hour with staff" in main_text(page)


def test_changing_the_minutes_again_shows_them_again(core, done, open_form):
    form = open_form(done, "correct", reason="typed_wrongly", minutes_with_staff="60")
    form.page = form.send()
    assert form.send(minutes_with_staff="45").status_code == 200
    assert core.entries.numbers().used == 90


def test_a_correction_says_why(core, done, open_form):
    page = open_form(done, "correct", minutes_with_staff="60").send()
    assert problems(page) == ["Select why you are changing it"]


@pytest.mark.parametrize("value", ["", "-1", "601", "1.5", "9" * 30, "\0", "ninety"])
def test_minutes_that_are_none_are_refused(core, done, open_form, value):
    page = open_form(done, "correct", reason="typed_wrongly").send(minutes_with_staff=value)
    assert len(problems(page)) == 1
    assert core.entries.numbers().used == 90


def test_a_correction_sent_again_is_made_once(core, done, open_form):
    form = open_form(done, "correct", reason="typed_wrongly", minutes_with_staff="60")
    form.page = form.send()
    whole = form.whole()
    assert form.client.post(form.url, whole).url == form.client.post(form.url, whole).url
    assert core.entries.filter(corrects__isnull=False).count() == 1


# Taking a charge back later.


@pytest.fixture
def charged(core, make_visit):
    visit = make_visit(days=2)
    said = {"outcome": "school_cancelled", "by": visit.clinician, "at": timezone.now()}
    return call_off_visit(visit, opened_version=visit.version, **said)


@pytest.mark.parametrize("who", ["priya", "ruth"])
def test_a_charge_is_taken_back_with_a_reason(request, client, sign_in, core, open_form, charged, who):
    form = open_form(charged, "waive", request.getfixturevalue(who))
    assert "1 half day counts as used for this visit." in main_text(form.page)
    assert problems(form.send()) == ["Select why the charge is taken back"]
    whole = form.whole(reason="goodwill")
    page = form.client.post(form.url, whole, follow=True)
    assert banners(page) == ["The charge is taken back. It shows on the statement."]
    assert "Take back the charge" not in main_text(page)
    form.client.post(form.url, whole)
    assert core.entries.numbers() == Numbers(had=3420)
    again = form.client.get(form.url, follow=True)
    assert banners(again)[-1] == "There is no charge to take back."


# What is over, and what somebody else did meanwhile.


@pytest.mark.parametrize(
    ("verb", "message"),
    [
        ("cancel", "This visit is finished."),
        ("move", "This visit is finished."),
        ("waive", "There is no charge to take back."),
    ],
)
def test_a_finished_visit_leads_back(done, open_form, verb, message):
    page = open_form(done, verb).client.get(f"{done.get_absolute_url()}{verb}/", follow=True)
    assert banners(page)[-1] == message


def test_a_visit_that_began_does_not_move(open_form, make_visit):
    form = open_form(make_visit(started=True), "move")
    page = form.client.get(form.url, follow=True)
    assert banners(page)[-1] == "This visit has begun."


def test_a_visit_to_come_is_not_corrected(open_form, make_visit):
    form = open_form(make_visit(), "correct")
    page = form.client.get(form.url, follow=True)
    assert banners(page)[-1] == "Only a visit that took place and is finished can be corrected."


@pytest.mark.parametrize(
    ("verb", "answers"), [("cancel", {"outcome": "school_closed"}), ("move", {"starts": "10:00"})]
)
def test_whoever_saw_an_older_version_looks_again(core, open_form, make_visit, verb, answers):
    visit = make_visit(days=2)
    form = open_form(visit, verb)
    save_tracked(Visit.objects.get(pk=visit.pk), by=visit.clinician, reason="Something changed")
    form.page = form.send(**answers)
    assert problems(form.page) == [
        "This visit changed while you had the page open. Look at it as it is now, then confirm."
    ]
    assert form.send(**answers).status_code == 302


@pytest.mark.parametrize("verb", ["cancel", "move"])
@pytest.mark.parametrize("done_meanwhile", ["cancelled", "moved"])
def test_a_visit_that_is_over_meanwhile_is_refused(core, open_form, make_visit, verb, done_meanwhile):
    visit = make_visit(days=2)
    form = open_form(visit, verb, outcome="school_closed", starts="10:00")
    signed = {"by": visit.clinician, "at": timezone.now(), "opened_version": visit.version}
    if done_meanwhile == "moved":
        start = local(timezone.localdate(), 9)
        times = {"planned_start_at": start, "planned_end_at": start + timedelta(hours=3)}
        move_visit(visit, **times, **signed)
    else:
        call_off_visit(visit, outcome="school_closed", **signed)
    before = end(core)
    assert problems(form.send()) == ["This visit was cancelled or moved."]
    assert end(core) == before


# What the visit page says.


def test_the_page_of_a_visit_says_which_time_it_uses(core, client, sign_in, priya, make_visit, bought):
    visit = make_visit(days=2)
    page = sign_in(client, priya).get(visit.get_absolute_url())
    assert "It draws on the core offer." in main_text(page)
    links = {link.get_text(strip=True) for link in parsed(page).main.select("ul.nhsuk-list a")}
    assert links == {"Move this visit", "Cancel this visit"}
    start_visit(visit, by=priya, at=timezone.now())
    links = {
        link.get_text(strip=True)
        for link in parsed(client.get(visit.get_absolute_url())).main.select("ul.nhsuk-list a")
    }
    assert links == {"Cancel this visit"}


@pytest.mark.parametrize(
    ("who", "links"),
    [("priya", ["Move", "Cancel"]), ("ruth", ["Move", "Cancel"]), ("sam", ["Cancel"]), ("hana", [])],
)
def test_the_visits_of_a_school_lead_on(request, client, sign_in, make_visit, who, links):
    make_visit(days=2)
    page = sign_in(client, request.getfixturevalue(who)).get("/schools/990001/visits/")
    found = [link.find(string=True) for link in parsed(page).main.select("ul.nhsuk-list a")]
    assert [text for text in found if text in ("Move", "Cancel")] == links
    book = parsed(page).main.find("a", string=lambda text: text and "Book a visit" in text)
    assert bool(book) == (who in ("priya", "ruth"))
