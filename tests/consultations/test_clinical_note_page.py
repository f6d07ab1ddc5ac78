"""A lead reads a clinical note only after saying why, each time anew, and that is written down first."""

import ast
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import Reading
from consultations.models import ClinicalNote
from consultations.services import ConsultationContent, change_consultation, open_clinical_note
from tests.cast import Kind, give_role
from tests.filling import as_sent, main_text, problems
from tests.places import new_person
from tests.records import somebody_at

NOTE = "canary-note-7Q"
REASON = "A complaint came in about what was advised."
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def talk(make_consultation):
    return make_consultation(clinical_note=NOTE)


@pytest.fixture
def url(talk):
    return reverse("consultations:clinical-note", args=[talk.reference])


def rows():
    return list(Reading.objects.order_by("pk").values_list("person__first_name", "door", "reason"))


def test_the_consultation_says_that_there_is_a_note_and_asks_why(client, sign_in, ruth, talk, url):
    page = sign_in(client, ruth).get(talk.get_absolute_url())
    assert "There is a note for clinicians. Say why you need to read it" in main_text(page)
    assert url in page.text
    assert NOTE not in page.text


def test_without_a_note_nothing_is_offered(client, sign_in, ruth, make_consultation):
    bare = make_consultation()
    page = sign_in(client, ruth).get(bare.get_absolute_url())
    assert "note for clinicians" not in main_text(page)
    asked = client.post(reverse("consultations:clinical-note", args=[bare.reference]), {"reason": REASON})
    assert asked.status_code == 404


def test_the_clinician_reads_it_on_the_consultation_and_is_not_asked(client, sign_in, priya, talk, url):
    page = sign_in(client, priya).get(talk.get_absolute_url())
    assert NOTE in page.text
    assert "Say why" not in page.text
    assert client.post(url, {"reason": REASON}).status_code == 403


def test_asking_shows_nothing_and_writes_nothing_down(client, sign_in, ruth, talk, url):
    page = sign_in(client, ruth).get(url)
    assert [word for word in (NOTE, "Robin", "Underhay", talk.concern) if word in page.text] == []
    assert rows() == []


def test_a_reason_opens_the_note_and_is_written_down_once(client, sign_in, ruth, talk, url):
    page = sign_in(client, ruth).post(url, {"reason": REASON})
    assert page.status_code == 200
    assert NOTE in main_text(page)
    assert rows() == [("Ruth", "consultations:clinical-note", REASON)]
    row = Reading.objects.get()
    assert (row.case, row.record) == (talk.case, talk.reference)
    assert page["Cache-Control"] == "no-store"


def test_nothing_is_remembered(client, sign_in, ruth, talk, url):
    before = dict(sign_in(client, ruth).session)
    client.post(url, {"reason": REASON})
    # "active" is when something was done last.
    assert {key: value for key, value in client.session.items() if key != "active"} == before
    assert [NOTE in client.get(address).text for address in (url, talk.get_absolute_url())] == [False] * 2
    assert client.get(f"{url}?reason={REASON}").text.count(NOTE) == 0


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Enter why you need to read it"),
        (" \n\t", "Enter why you need to read it"),
        ("\0", "Enter why you need to read it"),
        ("ab", "Why you need to read it must be 3 characters or more"),
        ("x" * 301, "Why you need to read it must be 300 characters or fewer. You have used 301"),
        ("x" * 100_000, "Why you need to read it must be 300 characters or fewer. You have used 100,000"),
    ],
)
def test_without_a_reason_in_words_it_stays_shut(client, sign_in, ruth, url, typed, message):
    page = sign_in(client, ruth).post(url, {"reason": typed})
    assert problems(page) == [message]
    assert NOTE not in page.text
    assert as_sent(page)["reason"][0].strip() == typed.strip("\0 \n\t")
    assert rows() == []


@pytest.mark.parametrize("length", [3, 300])
def test_the_shortest_and_the_longest_reason_will_do(client, sign_in, ruth, url, length):
    assert NOTE in sign_in(client, ruth).post(url, {"reason": "y" * length}).text


def test_markup_in_the_reason_and_in_the_note_is_text(client, sign_in, ruth, make_consultation):
    talk = make_consultation(clinical_note="<script>note()</script>")
    address = reverse("consultations:clinical-note", args=[talk.reference])
    page = sign_in(client, ruth).post(address, {"reason": "<b>why</b>"})
    assert "<script>note()</script>" in main_text(page)
    assert [mark for mark in ("<script>note", "<b>why") if mark in page.text] == []


def test_a_note_that_was_emptied_says_so(client, sign_in, ruth, priya, make_consultation, url, talk):
    person = somebody_at(talk.partnership, priya)
    people = [{"person": person, "name": person.name, "job": person.job}]
    themes = [row.theme for row in talk.theme_rows.all()]
    content = ConsultationContent({"concern": "Same"}, themes, people)
    change_consultation(talk, content, by=priya, reason="Taken out", opened_version=talk.version)
    page = sign_in(client, ruth).post(url, {"reason": REASON})
    assert "The note is empty." in main_text(page)
    assert NOTE not in page.text


@pytest.mark.parametrize("who", ["owen", "noor", "sam", "femi", "kit", "ada"])
def test_nobody_else_finds_the_page(request, client, sign_in, url, who):
    page = sign_in(client, request.getfixturevalue(who)).post(url, {"reason": REASON})
    assert page.status_code == 404
    assert rows() == []


def test_a_lead_of_another_service_does_not_find_it(client, sign_in, url, other_service, admin_person):
    lead = give_role(new_person("Una", "Marsh"), Kind.SERVICE_LEAD, other_service, by=admin_person)
    assert sign_in(client, lead).post(url, {"reason": REASON}).status_code == 404


def test_the_lead_s_rows_are_none_without_a_reason(ruth, priya, role_of, talk):
    notes = ClinicalNote.objects
    assert [notes.visible_to(role_of(ruth), reason=reason).count() for reason in ("", " ", REASON)] == [
        0,
        0,
        1,
    ]
    assert notes.visible_to(role_of(priya)).count() == 1


@pytest.mark.parametrize("who", ["sam", "femi", "kit", "ada", "noor"])
def test_a_reason_opens_no_note_to_anybody_else(request, role_of, talk, who):
    role = role_of(request.getfixturevalue(who))
    assert list(ClinicalNote.objects.visible_to(role, reason=REASON)) == []
    with pytest.raises(ValidationError, match="There is no note for clinicians."):
        open_clinical_note(talk, role=role, reason=REASON, door="x", at=timezone.now())
    assert rows() == []


def test_the_service_wants_a_reason_too(ruth, role_of, talk):
    with pytest.raises(ValidationError, match="Enter why you need to read it"):
        open_clinical_note(talk, role=role_of(ruth), reason="  ", door="x", at=timezone.now())


def calls(source):
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]


def test_two_places_alone_give_a_reason_and_both_write_the_reading_down():
    """A new page that asks `visible_to(role)` gets no note for a lead, whatever it forgets."""
    files = [
        path
        for room in ("consultations", "schools", "resources", "site")
        for path in (ROOT / room).rglob("*.py")
    ]
    found = {
        path.relative_to(ROOT).as_posix()
        for path in files
        for call in calls(path.read_text())
        if getattr(call.func, "attr", "") == "visible_to" and (len(call.args) > 1 or call.keywords)
    }
    assert found == {"consultations/services/clinical_notes.py", "consultations/services/moving.py"}
    assert all("log_reading(" in (ROOT / path).read_text() for path in found)


def test_pages_reach_notes_only_through_what_is_visible():
    asked = set()
    for path in (ROOT / "consultations/views").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            manager = getattr(node, "value", None)
            if getattr(manager, "attr", "") == "objects" and ast.unparse(manager) == "ClinicalNote.objects":
                asked.add(node.attr)
    assert asked == {"visible_to", "is_there"}
