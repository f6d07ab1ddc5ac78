"""What each e-mail says word by word, what it cannot be made to say, and who sees the log."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.mail import message_of, values_of
from accounts.models import Delivery, VisitSaid
from accounts.services import queue_email
from tests.cast import role_of
from tests.post import TOKEN_URL
from web.calendar_file import Entry

Kind, State = Delivery.Kind, Delivery.State
# What an e-mail may say of time is a number, a day or a word from a list.
WORDS_FROM_LISTS = {"change", "pot", "unit", "order_state", "declined_because"}
OF_TIME = {
    *("moved_until_at", "calendar_uid", "calendar_sequence"),
    *("moved_to_at", "minutes", "left_minutes", "unit_minutes", "until_on", "number", "amount"),
    *WORDS_FROM_LISTS,
}
# The fields of domain.md's list that an e-mail may hold, and how the sending goes. No column but `link`,
# `address` and `last_error` holds a text that was not chosen from a list.
COLUMNS = OF_TIME | {
    *("id", "key", "kind", "person", "address", "role", "service", "school", "staff", "role_kind", "count"),
    *("due_on", "happened_at", "link", "about", "state", "tries", "last_error"),
    *("queued_at", "next_try_at", "sent_at", "visits"),
}
# Of several visits that one e-mail tells of.
OF_VISITS = {
    "id",
    "delivery",
    "school",
    "starts_at",
    "ends_at",
    "calendar_uid",
    "calendar_sequence",
    "is_cancelled",
}


def said(delivery):
    message = message_of(delivery)
    return message.subject, message.body


def test_an_invitation_to_a_school(invite, quillbrook, sam):
    until = date(2026, 10, 5)
    delivery = invite(by=sam, role_kind="plan_reader", place=quillbrook, until=until)
    assert said(delivery) == (
        "You have been invited to Willowmere CAMHS in Schools",
        "Sam Whitlock added you as plan reader at Quillbrook Primary School. "
        "Set up your account by 5 October 2026:\n\n"
        f"{TOKEN_URL}\n\n"
        "The link is for you alone. If you did not expect it, do nothing.\n",
    )


def test_an_invitation_to_a_service_and_to_a_school_as_such(invite, service, quillbrook):
    assert "as editor at Willowmere CAMHS in Schools." in message_of(invite()).body
    lead = invite(role_kind="safeguarding_lead", place=quillbrook.school, service=service)
    assert "as safeguarding lead at Quillbrook Primary School." in message_of(lead).body


def test_a_new_sign_in_names_whom_to_tell(sam, ruth, service):
    at = timezone.make_aware(datetime(2026, 10, 5, 9, 30))
    values = {"person": sam, "happened_at": at}
    text = message_of(queue_email(Kind.NEW_DEVICE, at=at, **values, staff=ruth, service=service)).body
    assert text == (
        "Your account was used on 5 October 2026 at 9:30am from a new device.\n\n"
        "If this was you, do nothing. If this was not you, tell Ruth Calloway of Willowmere CAMHS in Schools "
        "today, and choose a new password:\n\n"
        "http://127.0.0.1:8000/account/login/\n"
    )
    alone = message_of(queue_email(Kind.NEW_DEVICE, at=at, **values)).body
    assert "tell the person who gave you your account today" in alone


def test_a_name_with_an_apostrophe_is_not_spelled_for_a_web_page(invite, quillbrook):
    quillbrook.school.name = "St Mary's & St John's <School>"
    quillbrook.school.save()
    delivery = invite(role_kind="link_staff", place=quillbrook)
    assert "as link staff at St Mary's & St John's <School>." in message_of(delivery).body


def test_a_name_on_two_lines_adds_no_header(invite, service):
    service.name = "Willowmere\r\nBcc: everybody@elsewhere.example"
    delivery = invite(place=service)
    message = message_of(delivery)
    assert message.subject == "You have been invited to Willowmere Bcc: everybody@elsewhere.example"
    assert message.message()["Bcc"] is None


def test_a_delivery_has_these_columns_and_no_other():
    assert {field.name for field in Delivery._meta.get_fields()} == COLUMNS
    assert {field.name for field in VisitSaid._meta.get_fields()} == OF_VISITS
    texts = {"SlugField", "TextField", "JSONField", "FileField"}
    assert {f.name for f in Delivery._meta.concrete_fields if f.get_internal_type() in texts} == {"link"}


def test_no_column_leads_to_a_case():
    rooms = {field.related_model._meta.label for field in Delivery._meta.concrete_fields if field.is_relation}
    assert rooms == {"accounts.User", "accounts.RoleRow", "schools.Service", "schools.School"}


def test_a_template_can_print_these_values_and_no_other(invite):
    names = {"service", "school", "place", "staff", "role", "count", "reviews", "due_on", "happened_at"}
    of_time = {"visit_on", "moved_to_at", "change", "used", "pot", "left", "left_or_none", "until_on"}
    of_orders = {"number", "quantity", "amount", "order_state", "because"}
    assert set(values_of(invite())) == names | of_time | of_orders | {"url", "visits", "visits_off"}


@pytest.mark.parametrize(
    "values",
    [
        {"link": ""},
        {"link": TOKEN_URL, "count": 3},
        {"link": TOKEN_URL, "address": "x@school.example"},
        {"link": TOKEN_URL, "person": None},
    ],
)
def test_an_e_mail_says_what_its_kind_says_and_nothing_else(sam, values):
    with pytest.raises(ValidationError):
        queue_email(Kind.PASSWORD_RESET, at=timezone.now(), **({"person": sam} | values))
    assert not Delivery.objects.exists()


def test_visits_are_told_of_by_the_e_mail_about_visits_alone(sam, service, quillbrook):
    at = timezone.now()
    visit = Entry(uid=uuid4(), sequence=1, starts_at=at, ends_at=at + timedelta(hours=3), summary="")
    with pytest.raises(ValidationError, match="and in no other"):
        queue_email(Kind.PASSWORD_RESET, at=at, person=sam, link=TOKEN_URL, visits=[(visit, None)])
    said = {"role": role_of(sam), "service": service, "school": quillbrook.school, "staff": sam, "about": "x"}
    with pytest.raises(ValidationError, match="and in no other"):
        queue_email(Kind.VISITS_CHANGED, at=at, person=sam, **said)
    with pytest.raises(ValidationError):
        queue_email(
            Kind.VISITS_CHANGED, at=at, person=sam, **said, visits=[(replace(visit, ends_at=at), None)]
        )
    said["visits"] = [(visit, None)]
    assert queue_email(Kind.VISITS_CHANGED, at=at, person=sam, **said).visits.count() == 1


def test_what_is_no_column_cannot_be_said(sam):
    with pytest.raises(TypeError):
        queue_email(Kind.PASSWORD_RESET, at=timezone.now(), person=sam, link=TOKEN_URL, note="Robin cries")


@pytest.mark.parametrize(
    "columns",
    [
        {"address": "x@school.example"},
        {"person": None},
        {"state": State.SENT},
        {"sent_at": timezone.now()},
        {"state": State.GIVEN_UP},
        {"kind": Kind.NEW_DEVICE},
        *({name: "Robin"} for name in ("change", "unit", "pot", "order_state")),
        {"declined_because": "Robin cries"},
    ],
)
def test_the_database_refuses_a_row_that_makes_no_sense(sam, columns):
    delivery = queue_email(Kind.PASSWORD_RESET, at=timezone.now(), person=sam, link=TOKEN_URL)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(**columns)


@pytest.mark.parametrize(
    "address", ["", "not an address", "a@b.example\nBcc: c@d.example", "x\0@school.example"]
)
def test_an_invitation_to_what_is_no_address_is_refused(invite, address):
    with pytest.raises(ValidationError):
        invite(address=address)
    assert not Delivery.objects.exists()


@pytest.fixture
def log(invite, other_service, other_service_school, make_plan, sam, noor):
    """An invitation and a plan of Willowmere, a reset of Sam's; an invitation and a reset of Saltmarsh."""
    ours = [invite(), None, None]
    make_plan("sent")
    ours[1] = Delivery.objects.get(kind=Kind.PLAN_READY)
    reset = {"at": timezone.now(), "link": TOKEN_URL}
    ours[2] = queue_email(Kind.PASSWORD_RESET, person=sam, **reset)
    theirs = [invite(place=other_service), queue_email(Kind.PASSWORD_RESET, person=noor, **reset)]
    return {"ours": ours, "theirs": theirs}


@pytest.mark.parametrize("who", ["ruth", "ada"])
def test_who_leads_or_administers_a_service_sees_its_log_the_newest_first(log, request, who):
    role = role_of(request.getfixturevalue(who))
    assert list(Delivery.objects.visible_to(role).for_list()) == log["ours"][::-1]


@pytest.mark.parametrize("who", ["priya", "owen", "sam", "dana", "hana", "bo", "tess", "femi", "kit", "edie"])
def test_nobody_else_sees_any_of_it(log, request, who):
    assert list(Delivery.objects.visible_to(role_of(request.getfixturevalue(who)))) == []


def test_the_log_is_one_question_whatever_its_length(log, ruth, django_assert_num_queries):
    role = role_of(ruth)
    with django_assert_num_queries(1):
        rows = [
            (str(row), row.to, str(row.service or ""), str(row.school or ""), str(row.staff or ""))
            for row in Delivery.objects.visible_to(role).for_list()
        ]
    willowmere, quillbrook = "Willowmere CAMHS in Schools", "Quillbrook Primary School"
    assert rows == [
        ("Password reset, waiting", "sam@cast.example", "", "", ""),
        ("Plan ready, waiting", "sam@cast.example", willowmere, quillbrook, ""),
        ("Invited, waiting", "new.colleague@school.example", willowmere, "", "Ada Okafor"),
    ]


def test_a_second_step_that_was_removed_says_who_did_it(sam, ruth, service):
    at = timezone.make_aware(datetime(2026, 10, 5, 9, 30))
    told = queue_email(Kind.SECOND_STEP, at=at, person=sam, happened_at=at, staff=ruth, service=service)
    assert said(told) == (
        "Your second step was removed",
        "Ruth Calloway of Willowmere CAMHS in Schools removed the second step of your account on "
        "5 October 2026 at 9:30am. You were signed out everywhere. Sign in with your password and set up a "
        "new one:\n\n"
        "http://127.0.0.1:8000/account/login/\n\n"
        "If you did not ask for this, tell somebody you know at Willowmere CAMHS in Schools today, in person "
        "or by phone.\n",
    )
