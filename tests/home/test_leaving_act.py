"""What goes to whom at which school, what stays to be decided, and who is told."""

from datetime import timedelta

import pytest
import vobject
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.mail import message_of
from accounts.models import Delivery, RoleRow
from accounts.services import end_role
from consultations.models import DiscussionRequest, Plan
from home.services import LeavingChanged, hand_over, preview_leaving
from schools.models import CalendarFeed, Capacity, Visit, VisitPattern
from schools.services import calendar_names, call_off_visit, make_feed, set_capacity
from tests.leaving import clinicians
from tests.records import saved_pattern

Kind = RoleRow.Kind


def linked(person):
    today = timezone.localdate()
    rows = RoleRow.objects.current(today).filter(person=person, kind=Kind.LINK_CLINICIAN)
    return {row.partnership.school.name for row in rows}


def test_somebody_else_can_go_on_at_one_school(leave, make_visit, tansy, owen, yusuf, quillbrook):
    here, there = make_visit(days=3), make_visit(tansy, days=4)
    leave(to=yusuf, instead={tansy.pk: owen})
    assert clinicians(here, there) == [yusuf, owen]
    assert linked(yusuf) == {"Quillbrook Primary School"}
    assert linked(owen) == {"Tansy Hill Primary School"}


def test_cases_reviews_and_requests_go_with_the_school(
    leave, make_plan, make_request, priya, yusuf, role_of, today
):
    plan, request = make_plan("agreed"), make_request()
    assert not Plan.objects.visible_to(role_of(yusuf)).exists()
    leave(to=yusuf)
    assert Plan.objects.visible_to(role_of(yusuf)).get() == plan
    assert DiscussionRequest.objects.visible_to(role_of(yusuf)).get() == request


def test_a_school_without_a_visit_goes_over_too(leave, priya, yusuf):
    assert leave(to=yusuf).schools == 1
    assert linked(yusuf) == {"Quillbrook Primary School"}


def test_a_visit_in_a_half_day_that_is_taken_stays_to_be_decided(
    leave, make_visit, priya, owen, tansy, today
):
    free, taken = make_visit(days=3), make_visit(days=4)
    theirs = make_visit(tansy, owen, days=4)
    assert (leave().visits, clinicians(free, taken, theirs)) == (1, [owen, priya, owen])
    assert list(Visit.objects.nobody_comes(today)) == [taken]


def test_the_pattern_goes_on_with_the_other_clinician(leave, calendar, quillbrook, priya, owen, today):
    old = saved_pattern(quillbrook, priya, until_on=today + timedelta(weeks=10))
    count, on = Visit.objects.count(), today + timedelta(weeks=3)
    assert leave(from_on=on).splits == 1
    new = VisitPattern.objects.get(clinician=owen)
    old.refresh_from_db()
    assert (old.until_on < new.from_on, new.until_on) == (True, today + timedelta(weeks=10))
    assert Visit.objects.count() == count
    for visit in Visit.objects.all():
        is_after = timezone.localdate(visit.planned_start_at) >= on
        assert (visit.clinician, visit.pattern) == ((owen, new) if is_after else (priya, old))


def test_the_calendar_stops_when_the_access_ends(leave, client, priya, owen, role_of, today):
    feed = make_feed(role_of(priya), by=priya, at=timezone.now())
    url = reverse("schools:calendar-feed", args=[feed.token])
    leave(from_on=today + timedelta(days=2))
    assert client.get(url).status_code == 200
    for row in priya.roles.all():
        end_role(row, end_on=today, by=owen, reason="The day comes")
    assert client.get(url).status_code == 410


def test_on_the_day_itself_the_calendar_is_stopped_by_name(leave, client, priya, ruth, role_of):
    feed = make_feed(role_of(priya), by=priya, at=timezone.now())
    leave()
    feed = CalendarFeed.objects.get(pk=feed.pk)
    assert feed.revoked_at
    assert feed.history.first().history_user == ruth
    assert client.get(reverse("schools:calendar-feed", args=[feed.token])).status_code == 410


def test_the_school_is_told_who_comes_and_what_is_open(
    leave, make_visit, sam, hana, priya, owen, tansy, today
):
    make_visit(days=4)
    make_visit(tansy, owen, days=4)
    leave()
    letters = Delivery.objects.filter(kind="clinician_new").order_by("person__first_name")
    assert [letter.person for letter in letters] == [hana, sam]
    text = message_of(letters[0]).body
    assert "Owen Pritchard is the clinician of Quillbrook Primary School" in text
    assert "Nobody can make 1 of them yet: the service will tell you." in text


def test_who_goes_on_gets_one_e_mail_with_the_visits_of_all_schools(leave, make_visit, tansy, yusuf):
    make_visit(started=True)
    visits = [make_visit(days=3), make_visit(tansy, days=4)]
    leave(to=yusuf)
    letter = Delivery.objects.get(kind="took_over")
    message = message_of(letter)
    assert (letter.person, letter.count) == (yusuf, 2)
    assert "2 visits to come are yours and attached for your calendar." in message.body
    [(name, content, kind)] = message.attachments
    entries = vobject.readOne(content).contents["vevent"]
    names = calendar_names([Visit.objects.get(pk=visit.pk) for visit in visits])
    assert (name, kind) == ("visits.ics", "text/calendar")
    assert [(entry.uid.value, int(entry.sequence.value)) for entry in entries] == [
        (str(names[visit.pk][0]), names[visit.pk][1]) for visit in visits
    ]
    assert [entry.summary.value for entry in entries] == [
        "Visit: Quillbrook Primary School",
        "Visit: Tansy Hill Primary School",
    ]


def test_without_a_visit_to_come_nothing_is_attached(leave, make_visit, yusuf):
    make_visit(started=True)
    leave(to=yusuf)
    message = message_of(Delivery.objects.get(kind="took_over"))
    assert (message.attachments, "No visit to come goes with it." in message.body) == ([], True)


def test_who_leaves_sooner_takes_nothing_over(leave, owen, priya, ruth, today):
    end_role(owen.roles.get(kind=Kind.CLINICIAN), end_on=today + timedelta(days=3), by=ruth, reason="Left")
    with pytest.raises(ValidationError, match="Owen Pritchard leaves by"):
        leave(from_on=today + timedelta(days=3))
    assert leave(from_on=today + timedelta(days=2)).roles == 2


def test_who_leaves_is_not_who_goes_on_at_one_school(leave, priya, quillbrook, noor):
    for nobody in (priya, noor):
        with pytest.raises(ValidationError, match="Select a clinician of this service"):
            leave(instead={quillbrook.pk: nobody})


@pytest.mark.parametrize(
    "change", ["a visit more", "a visit less", "a clash", "another day", "a forged digest"]
)
def test_what_was_not_shown_is_not_done(
    change, role_of, ruth, priya, owen, yusuf, make_visit, another_school, today
):
    visit = make_visit(days=3)
    values = {"to": owen, "from_on": today, "at": timezone.now()}
    seen = preview_leaving(role_of(ruth), priya, **values).seen()
    match change:
        case "a visit more":
            make_visit(days=5)
        case "a visit less":
            said = {"outcome": "clinician_cancelled", "opened_version": visit.version}
            call_off_visit(visit, by=priya, at=timezone.now(), **said)
        case "a clash":
            make_visit(another_school, owen, days=3)
        case "another day":
            values["from_on"] = today + timedelta(days=1)
        case "a forged digest":
            seen = "0" * 64
    with pytest.raises(LeavingChanged):
        hand_over(role_of(ruth), priya, reason="Left", seen=seen, **values)
    assert clinicians(visit) == [priya]
    assert RoleRow.objects.usable(priya, today).exists()
    assert not Delivery.objects.filter(kind__in=["clinician_new", "took_over"]).exists()


def test_the_weekly_time_of_who_leaves_ends(leave, service, priya, ruth, today):
    for minutes, days in ((600, -30), (300, 60)):
        on = today + timedelta(days=days)
        set_capacity(service, priya, minutes_a_week=minutes, from_on=on, by=ruth)
    leave(from_on=today + timedelta(days=7))
    rows = Capacity.objects.filter(clinician=priya).order_by("from_on")
    assert [row.minutes_a_week for row in rows] == [600, 0]
    assert rows[0].until_on == today + timedelta(days=6)
