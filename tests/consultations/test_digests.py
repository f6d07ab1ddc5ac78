"""The weekly e-mail: to whom, when, what it counts, and never twice."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.mail import message_of
from accounts.models import Delivery, RoleRow
from accounts.services import end_role, save_tracked
from consultations.models import PlanRules
from consultations.services import last_day_from, plan_next_digests, send_due_digests, week_of
from consultations.services.digests import TASK, _next_time, _time_of
from schools.services import add_period
from tests.cast import give_role, role_of, school_staff
from tests.places import new_person

KIND = Delivery.Kind.REVIEWS_DUE


@pytest.fixture
def monday(service, today, admin_person):
    """The e-mail is due from the first minute of the week. Returns the time of now."""
    rules = PlanRules(service=service, digest_weekday=0, digest_at=time(0, 0))
    save_tracked(rules, by=admin_person, reason="Set up")
    return timezone.now()


def told():
    """(who, school or "", how many) of each e-mail queued."""
    rows = Delivery.objects.filter(kind=KIND).order_by("pk")
    return [(row.person.first_name, str(row.school or ""), row.count) for row in rows]


def test_link_staff_and_the_clinician_are_told_how_many(plan_due, sam, dana, priya, owen, noor, ruth, monday):
    plan_due(-30)
    plan_due(0)
    plan_due(30)
    assert send_due_digests(at=monday) == 3
    school = "Quillbrook Primary School"
    assert sorted(told()) == [("Dana", school, 2), ("Priya", "", 2), ("Sam", school, 2)]


def test_nobody_is_told_that_nothing_is_due(plan_due, make_plan, sam, monday):
    plan_due(30)
    make_plan("sent")
    assert (send_due_digests(at=monday), told()) == (0, [])


def test_asked_again_this_week_nobody_is_told_again(plan_due, sam, monday):
    plan_due(0)
    assert [send_due_digests(at=monday) for _ in range(2)] == [2, 0]
    plan_due(0)
    assert send_due_digests(at=monday) == 0


def test_who_left_gets_none_and_who_stayed_does(plan_due, sam, dana, priya, admin_person, monday, today):
    plan_due(0)
    end_role(role_of(sam), end_on=today, by=admin_person, reason="Left")
    send_due_digests(at=monday)
    assert sorted(name for name, *_ in told()) == ["Dana", "Priya"]


def test_a_clinician_of_two_schools_gets_one_e_mail(
    plan_due, sam, priya, owen, another_school, make_visit, monday, make_consultation, admin_person
):
    give_role(priya, RoleRow.Kind.LINK_CLINICIAN, another_school, by=admin_person)
    lin = school_staff(new_person("Lin", "Tran"), "link_staff", another_school, "SENCO", by=admin_person)
    plan_due(0)
    visit = make_visit(another_school, started=True)
    plan_due(0, consultation=make_consultation(visit=visit, next_step="start_plan"), agreed_by=lin)
    send_due_digests(at=monday)
    assert [row for row in told() if row[0] == "Priya"] == [("Priya", "", 2)]


def test_no_e_mail_in_a_week_in_which_the_school_is_closed(
    plan_due, sam, service, monday, today, admin_person
):
    plan_due(0)
    far, week = timedelta(days=300), timedelta(days=6)
    add_period(service, "term", today - far, today + far, by=admin_person)
    add_period(service, "half_term", today, today + week, by=admin_person)
    assert send_due_digests(at=monday) == 0
    school = role_of(sam).partnership.school
    add_period(service, "open", today, today + week, by=admin_person, school=school)
    assert send_due_digests(at=monday) == 2


def test_before_its_time_nothing_goes_out(plan_due, sam, service, admin_person, today):
    plan_due(-today.weekday())
    rules = PlanRules(service=service, digest_weekday=0, digest_at=time(7, 30))
    save_tracked(rules, by=admin_person, reason="Set up")
    first = datetime.combine(week_of(today), time(7, 29))
    assert send_due_digests(at=timezone.make_aware(first)) == 0
    assert send_due_digests(at=timezone.make_aware(first + timedelta(minutes=1))) == 2


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 9, 14), date(2026, 9, 18)),
        (date(2026, 9, 17), date(2026, 9, 23)),
        (date(2026, 9, 13), date(2026, 9, 18)),
    ],
)
def test_the_coming_week_ends_on_a_school_day(day, last):
    assert last_day_from(day) == last


@pytest.mark.parametrize(
    ("day", "in_utc"),
    [(date(2026, 10, 19), "06:30"), (date(2026, 10, 26), "07:30"), (date(2027, 3, 29), "06:30")],
)
def test_it_is_half_past_seven_on_the_wall_in_summer_and_in_winter(service, day, in_utc):
    assert f"{_time_of(service, day).astimezone(UTC):%H:%M}" == in_utc


def test_what_it_says(plan_due, sam, monday):
    plan_due(-1)
    send_due_digests(at=monday)
    delivery = Delivery.objects.get(kind=KIND, person=sam)
    delivery.due_on = date(2026, 10, 2)
    one = message_of(delivery)
    assert (one.subject, one.body.splitlines()[0]) == (
        "1 review is due",
        "1 plan at Quillbrook Primary School needs a review by 2 October 2026. "
        "Each one takes about a minute. Sign in:",
    )
    delivery.count, delivery.school = 3, None
    several = message_of(delivery)
    assert several.subject == "3 reviews are due"
    assert several.body.startswith("3 plans at your schools need a review by 2 October 2026.")


def digests(letters):
    return [letter.to for letter in letters if letter.subject == "1 review is due"]


def waiting():
    return DBTaskResult.objects.filter(task_path=TASK, status="READY")


def test_the_worker_sends_them_and_looks_again_by_itself(
    plan_due, sam, priya, monday, work, mailoutbox, pass_time
):
    plan_due(0)
    plan_next_digests(at=monday)
    plan_next_digests(at=monday)
    assert waiting().count() == 1
    pass_time(8 * 24 * 60)
    work()
    assert sorted(digests(mailoutbox)) == [[priya.email], [sam.email]]
    assert waiting().count() == 1
    pass_time(8 * 24 * 60)
    work()
    assert (len(digests(mailoutbox)), waiting().count()) == (2, 1)


def test_it_looks_at_the_time_of_a_service_and_each_day(service, today):
    at = timezone.make_aware(datetime(2026, 9, 14, 7, 0))
    assert _next_time(at) == at + timedelta(minutes=30)
    assert _next_time(at + timedelta(hours=1)) == at + timedelta(hours=25)


def test_the_command_does_both(plan_due, sam, priya, monday, capsys):
    plan_due(0)
    call_command("queue_digests")
    call_command("queue_digests")
    assert capsys.readouterr().out.splitlines() == ["2 e-mails queued.", "0 e-mails queued."]
    assert waiting().count() == 1
