"""The weekly e-mail "3 reviews are due": who gets it, once, and how its clock goes on by itself."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.mail import message_of
from accounts.models import Delivery
from accounts.services import end_role, save_tracked
from consultations.models import DigestClock, PlanRules
from consultations.services import claim_digest, do_digest, queue_digests, start_clocks, time_in_week
from schools.services import add_period
from tests.consents import withdraw
from tests.records import local, named_child, whole_class


@pytest.fixture
def monday(today):
    """Of the next week."""
    return today + timedelta(days=7 - today.weekday())


@pytest.fixture
def send(service, monday):
    def make(first_on=monday):
        queue_digests(service, first_on=first_on, at=local(first_on, 7, 30))
        return told()

    return make


@pytest.fixture
def due(make_plan, make_consultation, monday, calendar):
    """A plan of a class, agreed, whose review is due on a day of the next week."""

    def make(day=2, **fields):
        talk = make_consultation(
            about=whole_class(group_name=f"Class {day} {fields}"), next_step="start_plan"
        )
        return make_plan("agreed", consultation=talk, review_on=monday + timedelta(days=day))

    return make


def told():
    rows = Delivery.objects.filter(kind=Delivery.Kind.REVIEWS_DUE).order_by("person__first_name")
    return [(row.person.first_name, row.count, str(row.school or "")) for row in rows]


def test_link_staff_and_clinicians_get_one_each(due, send, priya, sam, dana, monday):
    due(0), due(4), due(7)
    quillbrook = "Quillbrook Primary School"
    assert send() == [("Dana", 2, quillbrook), ("Priya", 2, ""), ("Sam", 2, quillbrook)]
    assert set(Delivery.objects.filter(kind="reviews_due").values_list("due_on", flat=True)) == {
        monday + timedelta(days=4)
    }


def test_it_says_counts_school_and_date_and_where_to_sign_in(due, send, sam, monday, mailoutbox, work):
    due(), due(3)
    send()
    Delivery.objects.update(next_try_at=timezone.now())
    for job in DBTaskResult.objects.all():
        job.run_after = timezone.now()
        job.save()
    work()
    by_person = {letter.to[0]: letter for letter in mailoutbox}
    friday = monday + timedelta(days=4)
    words = f"2 plans at Quillbrook Primary School need a review by {friday.day} {friday:%B %Y}. "
    letter = by_person[sam.email]
    assert letter.subject == "2 reviews are due"
    assert letter.body == (
        f"{words}Each one takes about a minute. Sign in:\n\nhttp://127.0.0.1:8000/account/login/\n\n"
        "This e-mail does not include names to keep children's information safe.\n"
    )


def test_one_is_said_as_one(due, send, sam):
    due()
    send()
    letter = message_of(Delivery.objects.get(kind="reviews_due", person=sam))
    assert letter.subject == "1 review is due"
    assert letter.body.startswith("1 plan at Quillbrook Primary School needs a review by ")


def test_nobody_gets_two_in_a_week(due, send, sam):
    due()
    first = send()
    due(3)
    assert send() == first


def test_the_next_week_it_comes_again(due, send, sam, monday):
    due()
    first = send()
    assert send(monday + timedelta(days=7)) == sorted(first * 2)


def test_nothing_due_is_no_e_mail(due, send):
    due(9)
    assert send() == []


def test_what_the_school_cannot_read_is_not_counted_for_it(
    make_plan, make_consultation, monday, calendar, send, sam, priya
):
    child = make_consultation(about=named_child(), next_step="start_plan")
    plan = make_plan("agreed", consultation=child, review_on=monday)
    withdraw(plan.case, "share_plan", by=priya)
    assert send() == [("Priya", 1, "")]


def test_whose_role_ended_gets_none(due, send, sam, dana, role_of, admin_person, today):
    due()
    end_role(role_of(sam), end_on=today, by=admin_person, reason="Left")
    assert [name for name, _, _ in send()] == ["Dana", "Priya"]


def test_no_e_mail_when_the_school_is_closed_all_week(due, send, service, quillbrook, monday, admin_person):
    due()
    whole_week = (monday, monday + timedelta(days=4))
    add_period(service, "closed", *whole_week, by=admin_person, school=quillbrook.school)
    assert send() == []


def test_one_open_day_is_enough(due, send, service, quillbrook, monday, admin_person, sam):
    due()
    add_period(
        service, "closed", monday, monday + timedelta(days=3), by=admin_person, school=quillbrook.school
    )
    assert len(send()) == 2


def test_a_clinician_of_two_services_schools_counts_only_their_own(due, send, owen, noor):
    due()
    assert "Owen" not in [name for name, _, _ in send()]


def test_a_week_that_is_over_is_left_out(due, service, monday):
    due()
    queue_digests(service, first_on=monday, at=local(monday + timedelta(days=5), 9))
    assert told() == []


# The clock


def jobs():
    return [job for job in DBTaskResult.objects.filter(status="READY") if "weekly_digest" in job.task_path]


def clock_of(service):
    return DigestClock.objects.get(service=service)


@pytest.mark.parametrize(
    "monday", [date(2027, 3, 22), date(2027, 3, 29), date(2027, 10, 25), date(2027, 11, 1)]
)
def test_it_is_half_past_seven_by_the_clocks_at_the_schools(db, service, monday):
    at = time_in_week(PlanRules(service=service), monday)
    assert at.astimezone(ZoneInfo("Europe/London")) == datetime(
        monday.year, monday.month, monday.day, 7, 30, tzinfo=ZoneInfo("Europe/London")
    )
    offset = 1 if date(2027, 3, 28) < monday < date(2027, 10, 31) else 0
    assert at.astimezone(ZoneInfo("UTC")).hour == 7 - offset


def test_it_asks_on_the_day_and_at_the_time_that_the_service_has_set(service, admin_person, monday):
    rules = PlanRules(service=service, digest_weekday=3, digest_at=time(16, 5))
    save_tracked(rules, by=admin_person, reason="Set")
    start_clocks(at=local(monday, 6))
    do_digest(clock_of(service), at=local(monday, 6))
    assert clock_of(service).next_at == local(monday + timedelta(days=3), 16, 5)


def test_the_clock_asks_once_and_is_wound_for_the_next_week(due, service, sam, monday):
    due()
    start_clocks(at=local(monday, 7, 30))
    for minute in (30, 45):
        do_digest(clock_of(service), at=local(monday, 7, minute))
        assert len(told()) == 2
        assert clock_of(service).next_at == local(monday + timedelta(days=7), 7, 30)


def test_before_its_time_it_asks_nobody(due, service, monday):
    due()
    start_clocks(at=local(monday, 7))
    do_digest(clock_of(service), at=local(monday, 7, 29))
    assert (told(), clock_of(service).next_at) == ([], local(monday, 7, 30))


def test_whoever_dies_at_work_leaves_the_next_try_in_the_queue(due, service, sam, monday):
    due()
    at = local(monday, 7, 30)
    start_clocks(at=at)
    assert claim_digest(service.pk, at, at=at).next_at == at + timedelta(minutes=15)
    assert {job.run_after for job in jobs()} == {at, at + timedelta(minutes=15)}
    assert claim_digest(service.pk, at, at=at) is None
    again = at + timedelta(minutes=15)
    do_digest(claim_digest(service.pk, again, at=again), at=again)
    assert len(told()) == 2


def test_the_worker_goes_on_by_itself(service, work):
    start_clocks(at=timezone.now())
    work()
    clock = clock_of(service)
    assert clock.next_at > timezone.now()
    assert clock.next_at in {job.run_after for job in jobs()}
    call_command("queue_digests")
    assert clock_of(service).next_at == clock.next_at


def test_a_lost_job_is_put_into_the_queue_again(service, work, capsys):
    start_clocks(at=timezone.now() - timedelta(hours=3))
    DBTaskResult.objects.all().delete()
    call_command("queue_digests")
    assert len(jobs()) == 1
    assert "Willowmere CAMHS in Schools" in capsys.readouterr().out


def test_a_service_opened_since_gets_a_clock_with_the_next_job(service, work, other_service):
    DigestClock.objects.all().delete()
    start_clocks(at=timezone.now())
    DigestClock.objects.filter(service=other_service).delete()
    work()
    assert set(DigestClock.objects.values_list("service", flat=True)) == {service.pk, other_service.pk}


def test_who_left_since_is_not_sent_it(due, send, sam, role_of, admin_person, today, work, mailoutbox):
    due()
    send()
    end_role(role_of(sam), end_on=today, by=admin_person, reason="Left")
    Delivery.objects.update(next_try_at=timezone.now())
    for job in DBTaskResult.objects.all():
        job.run_after = timezone.now()
        job.save()
    work()
    assert sam.email not in [address for letter in mailoutbox for address in letter.to]
