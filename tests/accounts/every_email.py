"""How each kind of e-mail comes about."""

from datetime import time, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Delivery, RoleRow, User
from accounts.services import queue_invitation, save_tracked
from consultations.models import Plan, PlanRules
from consultations.services import (
    NewRequest,
    ask_to_discuss,
    send_due_digests,
    send_visit_reminders,
)
from home.services import hand_over, preview_leaving
from schools.models import Agreement, Order
from schools.services import (
    add_period,
    apply_pattern,
    ask_adjustment,
    book_visit,
    call_off_visit,
    close_visit,
    digest_of_plan,
    draft_agreement,
    plan_visits,
    record_core_offer,
    send_agreement,
    start_visit,
)
from schools.services.emails import email_order, email_visit_covered
from tests.cast import give_role, role_of
from tests.places import PASSWORD, new_person
from tests.plans import newest
from tests.post import TOKEN_URL
from tests.records import local, minutes, saved_pattern
from tests.signing_in import give_app

Kind = Delivery.Kind


def send_a_plan(client, plan, people):
    client.force_login(people["priya"])
    data = {"opened_version": newest(plan).version}
    assert client.post(reverse("consultations:plan-send", args=[plan.reference]), data).status_code == 302


def have_a_review_due(client, plan, people):
    """The week's e-mail to Sam. Priya, who would get one too, has left."""
    save_tracked(PlanRules(service=plan.partnership.service, digest_at=time()), by=people["ruth"], reason="x")
    agreed = Plan.objects.get(versions__status="agreed")
    agreed.review_on = timezone.localdate()
    save_tracked(agreed, by=people["priya"], reason="Moved")
    User.objects.filter(pk=people["priya"].pk).update(is_active=False)
    send_due_digests(at=timezone.now())


def invite_a_teacher(client, plan, people):
    until = timezone.localdate() + timedelta(days=7)
    place = {"role_kind": "plan_reader", "place": plan.partnership}
    said = {"by": people["sam"], "until": until, "url": TOKEN_URL, "at": timezone.now()}
    queue_invitation("tess@school.example", **place, **said)


def sign_in_anew(client, plan, people):
    client.post("/account/login/", {"login": people["sam"].email, "password": PASSWORD})


def forget_a_password(client, plan, people):
    client.post("/account/password/reset/", {"email": people["sam"].email})


def forget_a_second_step(client, plan, people):
    give_app(people["sam"])
    client.force_login(people["ruth"])
    assert client.post(reverse("accounts:user-second-step", args=[people["sam"].pk])).status_code == 302


def have_time_at(plan, people, minutes):
    """A core offer of the school, and a visit of three hours that draws on it and begins."""
    by, at, today = people["priya"], timezone.now(), timezone.localdate()
    year = {"first_on": today - timedelta(days=90), "last_on": today + timedelta(days=90)}
    record_core_offer(plan.partnership, granted_minutes=minutes, by=by, at=at, **year)
    hours = {"planned_start_at": local(today, 9), "planned_end_at": local(today, 12)}
    visit = book_visit(plan.partnership, by, by=by, at=at, **hours)
    return start_visit(visit, by=by, at=min(at, local(today, 9)))


def move_a_visit(client, plan, people):
    visit = have_time_at(plan, people, 1800)
    said = {"by": people["priya"], "at": timezone.now(), "opened_version": visit.version}
    call_off_visit(visit, outcome="clinician_cancelled", **said)


def finish_a_visit(client, plan, people):
    visit = have_time_at(plan, people, 1800)
    close_now(visit, people["priya"])


def use_time_up(client, plan, people):
    """It brings two e-mails; what a visit used has its own line above."""
    close_now(have_time_at(plan, people, 200), people["priya"])
    forget(Delivery.objects.filter(kind=Kind.TIME_USED))


def close_now(visit, by):
    at = timezone.now()
    times = {"at": at, "ended_at": at, "opened_version": visit.version}
    return close_visit(visit, by=by, minutes=minutes(with_staff=180), **times)


def order_time_of(client, plan, people):
    """Of the head alone: Sam did not ask for it, so Sam is given the head's role."""
    school, by, at = plan.partnership, people["sam"], timezone.now()
    today = timezone.localdate()
    fields = {"unit_price": Decimal(250), "first_on": today, "last_on": today}
    agreement = draft_agreement(school, schools=[school], by=by, fields=fields)
    size = {"quantity": 2, "unit": "half_day", "unit_minutes": 180, "price": Decimal(500)}
    order = Order(service=school.service, agreement=agreement, number=1, state="requested", **size)
    save_tracked(order, by=by, reason="Ordered")
    give_role(by, RoleRow.Kind.BUDGET_HOLDER, school, by=people["ruth"])
    email_order(order, at=at)


def send_an_agreement(client, plan, people):
    """To Sam alone, who is given the head's role."""
    school, by, at = plan.partnership, people["ruth"], timezone.now()
    give_role(people["sam"], RoleRow.Kind.BUDGET_HOLDER, school, by=by)
    days = {"first_on": timezone.localdate(), "last_on": timezone.localdate()}
    fields = {"unit_price": Decimal(250), "purchase_order_number": "x1"} | days
    send_agreement(draft_agreement(school, schools=[school], by=by, fields=fields), by=by, at=at)


def ask_for_an_adjustment(client, plan, people):
    """Priya asks, so that Ruth is the one who may agree."""
    have_time_at(plan, people, 1800)
    asked = {"partnership": plan.partnership, "minutes": 5, "reason": "goodwill"}
    ask_adjustment(Agreement.objects.get(), by=people["priya"], at=timezone.now(), **asked)


def near_a_visit(client, plan, people):
    """The visit is in two days: asked about now, whatever the calendar says of the days before."""
    day = timezone.localdate() + timedelta(days=2)
    hours = {"planned_start_at": local(day, 9), "planned_end_at": local(day, 12)}
    book_visit(plan.partnership, people["priya"], by=people["priya"], at=timezone.now(), **hours)
    send_visit_reminders(at=timezone.now())


def ask_to_be_phoned(client, plan, people):
    said = NewRequest("Please call", "no", year_group=4, how_soon="sooner", phone="01632 960018")
    ask_to_discuss(plan.partnership, said, by=people["sam"], at=timezone.now())


def change_a_pattern(client, plan, people):
    """It is told to Priya too; Sam's is the one that is searched."""
    school, by, today = plan.partnership, people["priya"], timezone.localdate()
    add_period(school.service, "term", today, today + timedelta(weeks=5), by=by)
    pattern = saved_pattern(school, by, every_weeks=1, parity="", weekday=0)
    pattern.weekday = 1
    seen = digest_of_plan(plan_visits(pattern, now=timezone.now()))
    apply_pattern(pattern, seen=seen, by=by, at=timezone.now(), opened_version=1)
    forget(Delivery.objects.filter(person=by))


def forget(deliveries):
    DBTaskResult.objects.filter(args_kwargs__args__0__in=[row.pk for row in deliveries]).delete()
    deliveries.delete()


def pass_a_visit_on(client, plan, people):
    """To Ruth, who is no clinician and gets no file: of those it concerns Sam alone is told."""
    visit = have_time_at(plan, people, 1800)
    visit.clinician = people["ruth"]
    email_visit_covered(visit, before=people["priya"], by=people["priya"], at=timezone.now())


def tell_of_a_new_clinician(client, plan, people):
    leave_the_service(plan, people)
    forget(Delivery.objects.filter(kind=Kind.TOOK_OVER))


def take_work_over(client, plan, people):
    """No visit to come goes with it, or the e-mail would have a file: tests/home/test_leaving_act.py."""
    leave_the_service(plan, people)
    forget(Delivery.objects.filter(kind=Kind.CLINICIAN_NEW))


def leave_the_service(plan, people):
    clinician = RoleRow.Kind.CLINICIAN
    other = give_role(new_person("Yusuf", "Arden"), clinician, plan.partnership.service, by=people["ruth"])
    values = {"to": other, "from_on": timezone.localdate(), "at": timezone.now()}
    acting, person = role_of(people["ruth"]), people["priya"]
    seen = preview_leaving(acting, person, **values).seen()
    hand_over(acting, person, reason="Left", seen=seen, **values)


# How each kind comes about. A kind without its line here fails the first test.
WAYS = {
    Kind.PLAN_READY: send_a_plan,
    Kind.REVIEWS_DUE: have_a_review_due,
    Kind.INVITED: invite_a_teacher,
    Kind.NEW_DEVICE: sign_in_anew,
    Kind.PASSWORD_RESET: forget_a_password,
    Kind.SECOND_STEP: forget_a_second_step,
    Kind.VISIT_CHANGED: move_a_visit,
    Kind.TIME_USED: finish_a_visit,
    Kind.TIME_LOW: use_time_up,
    Kind.ORDER: order_time_of,
    Kind.AGREEMENT: send_an_agreement,
    Kind.ADJUSTMENT: ask_for_an_adjustment,
    Kind.VISIT_REMINDER: near_a_visit,
    Kind.PHONE_SCHOOL: ask_to_be_phoned,
    Kind.VISITS_CHANGED: change_a_pattern,
    Kind.VISIT_COVERED: pass_a_visit_on,
    Kind.CLINICIAN_NEW: tell_of_a_new_clinician,
    Kind.TOOK_OVER: take_work_over,
}
