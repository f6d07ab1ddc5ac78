"""No e-mail says anything about a child: every kind is sent for real and searched for every word there is."""

import re
from datetime import date, time, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.forms.models import model_to_dict
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Delivery, RoleRow, User
from accounts.services import queue_invitation, save_tracked
from consultations.models import CaseHandover, Competence, Paper, Plan, PlanRules, Purpose
from consultations.papers.chronology import chronology
from consultations.services import (
    NewRequest,
    ask_to_discuss,
    hand_out,
    hand_to_parents,
    keep_draft,
    leave_stub,
    make_referral,
    record_meeting,
    send_due_digests,
    send_visit_reminders,
)
from home.services import hand_over, preview_leaving
from resources.models import Theme
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
from tests.consents import answer
from tests.markers import records, references, typed_texts, write_markers
from tests.places import PASSWORD, new_person
from tests.plans import newest
from tests.post import TOKEN_URL
from tests.records import local, minutes, named_child, saved_pattern, whole_class
from tests.signing_in import give_app

Kind = Delivery.Kind
BORN = date(2017, 3, 27)
SAID_OF_BIRTH = ["2017-03-27", "27 March 2017", "27 Mar", "27/03/2017", "27.03.2017"]
SAID_OF_YEAR = ["Year 4", "year 4", "Y4", "Year 3", "Otters"]


@pytest.fixture
def secrets(make_consultation, make_plan, make_review, priya, quillbrook, sam, today):
    """A record of every kind, each of whose texts is a marker; and a draft of a plan that waits to be sent.

    Returns that plan, the words by (model, column), and all words that no e-mail may say.
    """
    child = named_child(date_of_birth=BORN)
    told = {"told_name": "x", "told_at": timezone.now(), "how": "phone", "school_reference": "x"}
    full = {"clinical_note": "x", "tried": [("x", "helped")], "risk": "told", "told": told}
    plan = make_plan("agreed", consultation=make_consultation(about=child, next_step="start_plan", **full))
    make_review(plan, note="x")
    hand_to_parents(newest(plan), to="x", on=today, by=priya, at=timezone.now())
    make_consultation(about=whole_class())
    assess(plan.case, by=priya, on=today)
    go_further(plan, by=priya, on=today)
    said = NewRequest("x", "yes", subject="group", group_name="x", tried="x", how_soon="sooner", phone="x")
    ask_to_discuss(quillbrook, said, by=sam, at=timezone.now())
    draft = {"kind": "consultation", "partnership": quillbrook, "path": "/", "page": uuid4()}
    keep_draft(uuid4(), {"concern": ["x"]}, by=priya, at=timezone.now(), **draft)
    waits = make_plan("draft", consultation=make_consultation(about=child, next_step="start_plan"))
    words = write_markers()
    said = [word for found in words.values() for word in found] + SAID_OF_BIRTH + SAID_OF_YEAR
    return waits, words, [*said, *references(), *Theme.objects.values_list("name", flat=True)]


def assess(case, *, by, on):
    """A competence of this child, with everything answered."""
    answers = dict.fromkeys(Competence.QUESTIONS, True) | {"conclusion": "competent", "purpose": "observe"}
    row = Competence(case=case, notes="x", assessed_by=by, assessed_on=on, **answers)
    save_tracked(row, by=by, reason="Assessed")


def go_further(plan, *, by, on):
    """The parents are met, the child is referred and handed over, a paper is handed out, a case destroyed."""
    at = timezone.now()
    record_meeting(plan, held_on=on, by=by, at=at, who_came="x", views="x", agreed="x")
    answer(plan.case, Purpose.REFER_ON, by=by)
    told = {"to": "x", "feedback": "x", "longer_term": False}
    make_referral(plan.case, made_on=on, due_on=on, by=by, at=at, **told)
    hand_out(plan.case, chronology(plan.case, role_of(by), on, Paper.Audience.CLINICIANS), by=by, at=at)
    note = CaseHandover(case=plan.case, text="x", written_at=at, written_by=by)
    save_tracked(note, by=by, reason="Handed over")
    leave_stub(plan.case, by=by, at=at, certificate="x")


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
WITH_A_FILE = (Kind.VISITS_CHANGED,)


def test_every_kind_of_e_mail_is_sent_below():
    assert set(WAYS) == set(Kind)


def test_every_text_of_every_record_holds_a_marker(secrets):
    _, words, _ = secrets
    wanted = {(model.__name__, name) for model in records() for name in typed_texts(model)}
    assert len(wanted) > 40
    assert wanted - set(words) == set()


def test_there_is_something_that_could_leak(secrets, client, sign_in, priya):
    plan, words, _ = secrets
    page = sign_in(client, priya).get(plan.get_absolute_url()).text
    (concern,) = [word for word in words["PlanVersion", "concern"] if word in page]
    assert concern


@pytest.mark.parametrize("kind", Kind)
def test_no_e_mail_says_a_word_about_a_child(
    secrets, client, priya, sam, ruth, mail_server, work, caplog, kind
):
    plan, _, words = secrets
    DBTaskResult.objects.all().delete()
    Delivery.objects.all().delete()
    WAYS[kind](client, plan, {"priya": priya, "sam": sam, "ruth": ruth})
    before = [everything_of(row) for row in Delivery.objects.all()]
    work()
    (letter,) = mail_server.received
    assert Delivery.objects.get().kind == kind
    message = letter.message
    headers = "\n".join(f"{name}: {value}" for name, value in message.items())
    parts = [part.get_content() for part in message.walk() if not part.is_multipart()]
    kept = [everything_of(row) for row in [*Delivery.objects.all(), *DBTaskResult.objects.all()]]
    searched = f"{letter.raw!r} {headers} {parts} {before} {kept} {caplog.text} {letter.to}"
    assert [word for word in words if word in searched] == []
    kinds = ["text/plain", *(["text/calendar"] if kind in WITH_A_FILE else [])]
    assert [part.get_content_type() for part in message.walk() if not part.is_multipart()] == kinds


@pytest.mark.parametrize("kind", Kind)
def test_a_link_leads_to_the_sign_in_page_or_bears_a_token(
    secrets, client, priya, sam, ruth, mail_server, work, kind
):
    DBTaskResult.objects.all().delete()
    Delivery.objects.all().delete()
    WAYS[kind](client, secrets[0], {"priya": priya, "sam": sam, "ruth": ruth})
    work()
    (link,) = re.findall(r"https?://\S+", mail_server.received[0].message.get_body().get_content())
    match kind:
        case Kind.INVITED:
            assert link == TOKEN_URL
        case Kind.PASSWORD_RESET:
            assert re.fullmatch(r"http://testserver/account/password/reset/key/\w+-\w+-\w+/", link)
        case _:
            assert link == "http://127.0.0.1:8000/account/login/"


def everything_of(row):
    """All columns, also those that no form edits."""
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {**model_to_dict(row), **columns}
