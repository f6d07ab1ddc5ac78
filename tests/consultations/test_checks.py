"""What the lead of a service looks after: matters still open, and cases named because it could not wait."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import models
from django.utils import timezone

from accounts.models import Reading
from consultations.forms import SchoolReferenceForm, TellingForm
from consultations.models import Purpose, SafeguardingMatter
from consultations.services import NewConsent, acknowledge_telling, record_consent, record_telling
from tests.consents import answer, refuse, withdraw
from tests.cost import AT_MOST, cost
from tests.filling import main_text, parsed
from tests.records import named_child

URL = "/checks/"
NAMED = "/checks/named-without-consent/"
REASON = "The child asked for help today."


@pytest.fixture
def matter(make_consultation):
    """A matter opened so many hours ago."""

    def make(hours=0, **overrides):
        at = timezone.now() - timedelta(hours=hours)
        secret = {"concern": "canary-concern", "clinical_note": "canary-note"}
        child = named_child(first_name="Canaryfirst")
        return make_consultation(
            risk="to_tell", at=at, **({"about": child} | secret | overrides)
        ).safeguarding

    return make


def tell(matter, **overrides):
    values = {"told_name": "Femi Adeyemi", "told_at": timezone.now(), "how": "phone"} | overrides
    return record_telling(matter, by=matter.consultation.author, **values)


def test_open_matters_stand_by_school_with_their_age_the_oldest_first(
    client, sign_in, ruth, matter, make_visit, another_school, owen
):
    near = make_visit(another_school, owen, started=True)
    young, old = matter(hours=1), matter(hours=30)
    oldest = matter(hours=51, visit=near)
    page = sign_in(client, ruth).get(URL)
    assert [head.get_text() for head in parsed(page).select("main h3")] == [
        "Tansy Hill Primary School",
        "Quillbrook Primary School",
    ]
    links = [link["href"] for link in parsed(page).select(".nhsuk-list--bullet a")]
    assert links == [row.consultation.get_absolute_url() for row in (oldest, old, young)]
    text = main_text(page)
    assert "Owen Pritchard: open for 2 days, 3 hours" in text
    assert "Priya Nair: open for 1 day, 6 hours" in text


def test_who_was_told_lately_is_there_with_when_how_and_the_reference(
    client, sign_in, ruth, femi, quillbrook, matter
):
    told = tell(matter(), school_reference="SG-5", told_person=quillbrook.people.get(account=femi))
    tell(matter(), told_at=timezone.now() - timedelta(weeks=5), told_name="Long ago")
    page = sign_in(client, ruth).get(URL)
    cells = [cell.get_text(" ", strip=True) for cell in parsed(page).select("tbody td")]
    assert len(cells) == 8
    found = [cell.split(" ", 1)[-1] for cell in cells]
    assert found[0].endswith("Quillbrook Primary School")
    assert "Femi Adeyemi" in cells[2]
    assert "By phone" in cells[4]
    assert "SG-5" in cells[6]
    assert "Not yet" in cells[7]
    acknowledge_telling(told, by=femi, at=timezone.now())
    assert "Not yet" not in main_text(client.get(URL))
    assert "Long ago" not in main_text(client.get(URL))


def test_no_child_and_no_concern_is_on_the_page(client, sign_in, ruth, matter):
    tell(matter())
    matter()
    text = sign_in(client, ruth).get(URL).text.lower()
    assert [word for word in ("canary", "underhay", "year 4", "worry") if word in text] == []


def test_another_service_s_matters_are_not_there(
    client, sign_in, ruth, matter, make_visit, noor, other_service_school
):
    matter(visit=make_visit(other_service_school, noor, started=True))
    text = main_text(sign_in(client, ruth).get(URL))
    assert "None. Every safeguarding lead has been told." in text
    assert "Nobody was told in the last 4 weeks." in text


def test_what_could_not_wait_is_listed_by_purpose_and_leads_to_the_reason(
    client, sign_in, ruth, make_consultation
):
    both = (Purpose.DISCUSS_BY_NAME, Purpose.SHARE_PLAN)
    waited = make_consultation()
    urgent = NewConsent("could_not_wait", reason=REASON, purposes=both)
    case = make_consultation(about=named_child(first_name="Canaryfirst", consent=urgent)).case
    page = sign_in(client, ruth).get(NAMED)
    rows = [row.get_text(" ", strip=True) for row in parsed(page).select("tbody tr")]
    purposes = ("Share the plan with the school", "Discuss by name")
    for text, purpose in zip(rows, purposes, strict=True):
        parts = (case.reference, "Quillbrook", "Priya Nair", purpose, "Not yet")
        assert [part for part in parts if part not in text] == []
        assert "although" not in text
    assert [word for word in ("Canaryfirst", waited.case.reference, REASON) if word in page.text] == []
    link = parsed(page).select_one("tbody tr td:nth-child(4) a")
    assert REASON in client.get(link["href"]).text
    assert [reading.door for reading in Reading.objects.all()] == ["consultations:consent"]


@pytest.mark.parametrize("no", [refuse, withdraw])
def test_it_says_that_an_earlier_no_was_overridden(client, sign_in, ruth, make_consultation, no):
    talk = make_consultation()
    no(talk.case, Purpose.SHARE_PLAN, by=talk.author)
    urgent = {"given_by": "could_not_wait", "how": "", "given_on": None, "reason": REASON}
    answer(talk.case, Purpose.SHARE_PLAN, by=talk.author, **urgent)
    (row,) = parsed(sign_in(client, ruth).get(NAMED)).select("tbody tr")
    assert "although an earlier answer was no" in row.get_text(" ", strip=True)


@pytest.mark.parametrize(("said", "words"), [("given", "Agreed"), ("refused", "Did not agree")])
def test_what_was_answered_since_is_said(client, sign_in, ruth, make_consultation, today, said, words):
    urgent = NewConsent("could_not_wait", reason=REASON)
    talk = make_consultation(about=named_child(consent=urgent))
    refused = {"refused_because": "Not now"} if said == "refused" else {}
    record_consent(
        talk.case, NewConsent("parent", "phone", today, answer=said, **refused), by=talk.author, on=today
    )
    (row,) = parsed(sign_in(client, ruth).get(NAMED)).select("tbody tr")
    assert row.select("td")[-1].get_text(" ", strip=True) == f"Asked since {words}"


def test_cases_of_another_service_are_not_listed(
    client, sign_in, ruth, make_consultation, make_visit, noor, other_service_school
):
    urgent = NewConsent("could_not_wait", reason=REASON)
    visit = make_visit(other_service_school, noor, started=True)
    make_consultation(visit=visit, about=named_child(consent=urgent))
    assert "Nothing went on without asking." in main_text(sign_in(client, ruth).get(NAMED))


def test_one_row_costs_what_three_do(client, sign_in, ruth, matter):
    def one_more():
        matter()
        tell(matter())
        urgent = NewConsent("could_not_wait", reason=REASON)
        matter(about=named_child(consent=urgent))

    sign_in(client, ruth)
    one_more()
    first = [cost(client, url) for url in (URL, NAMED)]
    one_more()
    one_more()
    assert [cost(client, url) for url in (URL, NAMED)] == first
    assert max(first) <= AT_MOST


def test_there_is_no_place_to_write_what_it_is_about():
    """Fortnight is not the safeguarding record: only who, when, how and the school system's reference."""
    texts = {
        field.name
        for field in SafeguardingMatter._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField | models.FileField)
    }
    assert texts == {"told_name", "how", "school_reference"}
    asked = {"told_person", "told_name", "told_on", "told_time", "told_how", "school_reference"}
    assert set(TellingForm.base_fields) == asked
    assert set(SchoolReferenceForm.base_fields) == {"school_reference"}


def test_nothing_of_it_is_ever_sent_by_e_mail(client, sign_in, ruth, femi, quillbrook, matter):
    told = tell(matter(), told_person=quillbrook.people.get(account=femi))
    acknowledge_telling(told, by=femi, at=timezone.now())
    sign_in(client, ruth).get(URL)
    assert mail.outbox == []
