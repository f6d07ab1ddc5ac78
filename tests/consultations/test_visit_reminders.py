"""Three school days before a visit its school is asked whom to talk about: once, and nobody is named."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.mail import message_of
from accounts.models import Delivery
from consultations.services import plan_next_reminders, reminded_on, send_visit_reminders
from consultations.services.visit_reminders import TASK
from schools.services import add_period, call_off_visit
from schools.services.calendar import SchoolCalendar, calendar_of
from web.words import clock, longdate

KIND = Delivery.Kind.VISIT_REMINDER


def told():
    return [row.person.first_name for row in Delivery.objects.filter(kind=KIND).order_by("pk")]


@pytest.mark.parametrize(
    ("visit_on", "asked_on"),
    [
        (date(2026, 11, 27), date(2026, 11, 24)),
        (date(2026, 11, 25), date(2026, 11, 20)),
        (date(2026, 11, 23), date(2026, 11, 18)),
    ],
)
def test_three_weekdays_before_where_the_calendar_says_nothing(visit_on, asked_on):
    assert reminded_on(SchoolCalendar(()), visit_on) == asked_on


def test_days_on_which_the_school_is_closed_do_not_count(quillbrook, calendar, half_term):
    monday_after = half_term[0] + timedelta(weeks=1)
    assert reminded_on(calendar_of(quillbrook), monday_after) == half_term[0] - timedelta(days=5)


def test_a_school_that_is_never_open_before_it_is_asked_in_the_end(service, quillbrook, today, admin_person):
    add_period(service, "term", today - timedelta(days=300), today + timedelta(days=300), by=admin_person)
    add_period(service, "closed", today - timedelta(days=200), today + timedelta(days=200), by=admin_person)
    assert today - reminded_on(calendar_of(quillbrook), today) == timedelta(days=70)


@pytest.fixture
def now(db):
    return timezone.now()


def test_link_staff_are_asked_once_for_each_visit(make_visit, sam, dana, hana, owen, now):
    make_visit(days=1)
    assert [send_visit_reminders(at=now) for _ in range(2)] == [2, 0]
    assert sorted(told()) == ["Dana", "Sam"]


def test_a_visit_that_is_far_begun_or_today_is_not_asked_about(make_visit, sam, now):
    make_visit(days=8)
    make_visit(days=0)
    make_visit(started=True)
    assert send_visit_reminders(at=now) == 0


def test_a_visit_that_was_cancelled_is_not_asked_about(make_visit, sam, now):
    visit = make_visit(days=1)
    off = {"outcome": "school_cancelled", "by": visit.clinician, "at": now}
    call_off_visit(visit, opened_version=visit.version, **off)
    assert (send_visit_reminders(at=now), told()) == (0, [])


def test_it_says_who_comes_when_and_nothing_else(make_visit, make_request, sam, priya, now):
    make_request("He will not eat", group_name="", tried="A later start")
    visit = make_visit(days=1)
    send_visit_reminders(at=now)
    message = message_of(Delivery.objects.get(kind=KIND))
    day = longdate(visit.planned_start_at)
    assert message.subject == f"Clinician visit on {day}"
    school, at = "Quillbrook Primary School", clock(visit.planned_start_at)
    first = f"Priya Nair will visit {school} on {day} at {at}. Tell us who you want to talk about:"
    assert message.body.splitlines()[0] == first
    assert [word for word in ("eat", "start", "Year", "D-") if word in message.body] == []
    assert "/account/login/" in message.body


def test_the_next_look_is_tomorrow_at_half_past_seven_and_planned_once(now, today):
    evening = timezone.make_aware(datetime.combine(today, time(18)))
    for _ in range(2):
        plan_next_reminders(at=evening)
    (waiting,) = DBTaskResult.objects.filter(task_path=TASK)
    assert timezone.localtime(waiting.run_after).time() == time(7, 30)
    assert timezone.localdate(waiting.run_after) == today + timedelta(days=1)


def test_the_command_queues_what_is_due_and_the_next_look(make_visit, sam, capsys):
    make_visit(days=1)
    call_command("queue_reminders")
    call_command("queue_reminders")
    assert capsys.readouterr().out.splitlines() == ["1 e-mail queued.", "0 e-mails queued."]
    assert DBTaskResult.objects.filter(task_path=TASK).count() == 1
