"""No e-mail says anything about a child: every kind is sent for real and searched for every word there is."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.forms.models import model_to_dict
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Delivery
from accounts.services import save_tracked
from consultations.models import CaseHandover, Competence, Paper, Purpose
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
)
from resources.models import Theme
from tests.cast import role_of
from tests.consents import answer
from tests.markers import records, references, typed_texts, write_markers
from tests.plans import newest
from tests.post import TOKEN_URL
from tests.records import named_child, whole_class

from .every_email import WAYS, Kind

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
