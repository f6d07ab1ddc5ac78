"""What must not reach the school, looked for on every page that the school can open."""

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from consultations.models import Case, Plan
from consultations.services import give_plan_to_reader, hand_to_parents
from tests.records import named_child

SECRETS = {
    "clinical_note": "canary-note-7Q",
    "concern": "canary-concern-7Q",
    "agreed": "canary-agreed-7Q",
    "why_now": "canary-why-7Q",
    "strengths": "canary-strengths-7Q",
    "attendance": "canary-attendance-7Q",
    "other_agencies": "canary-agencies-7Q",
}


@pytest.fixture
def told_much(make_consultation, make_plan, make_review, sam, tess):
    """A consultation full of secrets whose plan was agreed, and another child who was never shared."""
    talk = make_consultation(tried=[("canary-tried-7Q", "helped")], next_step="start_plan", **SECRETS)
    plan = make_plan("agreed", consultation=talk)
    make_review(plan)
    give_plan_to_reader(plan, tess, by=sam, at=timezone.now())
    handed = {"to": "A parent", "on": timezone.localdate(), "at": timezone.now()}
    hand_to_parents(plan.versions.get(), by=sam, **handed)
    make_consultation(about=named_child(first_name="Canaryunshared"), **SECRETS)
    return plan


def pages_of(plan):
    """Every address of ours that takes a reference of this plan, case, consultation or visit, or a URN."""
    talk = plan.consultation
    known = {"plans": plan.reference, "cases": plan.case.reference, "consultations": talk.reference}
    known |= {"visits": talk.visit.reference, "carrying-out": plan.reference}
    copy = plan.shares.filter(audience="parents").first()
    known |= {"shared": copy.reference} if copy else {}
    for space in get_resolver().url_patterns:
        for page in getattr(space, "url_patterns", []):
            if getattr(space, "app_name", "") not in ("home", "schools", "consultations"):
                continue
            names = set(page.pattern.converters)
            record = str(page.pattern).split("/")[0]
            if names <= {"reference", "urn"} and (record in known or "reference" not in names):
                values = {"reference": known.get(record), "urn": plan.partnership.school.urn}
                yield reverse(f"{space.app_name}:{page.name}", kwargs={name: values[name] for name in names})


@pytest.mark.parametrize("who", ["sam", "hana", "tess", "femi", "kit"])
def test_no_page_shows_the_school_what_was_not_shared(request, client, sign_in, told_much, who):
    sign_in(client, request.getfixturevalue(who))
    read = [client.get(url) for url in pages_of(told_much)]
    assert len(read) > 20
    assert [page for page in read if page.request["PATH_INFO"].startswith("/shared/")]
    shown = [page for page in read if page.status_code == 200]
    leaks = [page.request["PATH_INFO"] for page in shown if b"canary" in page.content.lower()]
    assert leaks == []


def test_there_is_something_that_could_leak(client, sign_in, priya, told_much):
    sign_in(client, priya)
    text = "".join(
        page.text for page in map(client.get, pages_of(told_much)) if "html" in page["Content-Type"]
    )
    assert [
        secret for secret in [*SECRETS.values(), "canary-tried-7Q", "Canaryunshared"] if secret not in text
    ] == []


def test_a_lead_reads_the_consultation_and_not_the_clinical_note(client, sign_in, ruth, told_much):
    page = sign_in(client, ruth).get(told_much.consultation.get_absolute_url())
    assert "canary-concern-7Q" in page.text
    assert "canary-note-7Q" not in page.text


@pytest.mark.parametrize("who", ["hana", "bo", "kit", "edie", "ada"])
def test_who_works_with_no_child_meets_none(request, client, sign_in, told_much, who):
    """In no page, list, title or message of theirs: no name, class, theme or reference."""
    sign_in(client, request.getfixturevalue(who))
    client.post(reverse("consultations:plan-readers", args=[told_much.reference]), {"reader": "1"})
    pages = [client.get(url, follow=True) for url in pages_of(told_much)]
    case = told_much.case
    words = [case.first_name, case.last_name, case.reference, told_much.reference]
    words += [told_much.consultation.reference, told_much.consultation.visit.reference, "Year 4"]
    # The library is for everybody, and so are its themes.
    read = [page for page in pages if not page.request["PATH_INFO"].startswith(("/library/", "/cms/"))]
    assert len(read) > 20
    assert [(page.request["PATH_INFO"], word) for page in read for word in words if shows(page, word)] == []


def shows(page, word):
    # An address that is not found names itself nowhere but in the address.
    return "html" in page["Content-Type"] and word.lower() in page.text.lower()


@pytest.mark.parametrize("who", ["hana", "bo"])
def test_who_pays_never_meets_a_child(request, client, sign_in, told_much, who):
    sign_in(client, request.getfixturevalue(who))
    shown = [page for page in map(client.get, pages_of(told_much)) if page.status_code == 200]
    assert sorted(page.request["PATH_INFO"] for page in shown) == [
        *("/agreements/", "/calendar/address/", "/invoices/", "/orders/"),
        *("/schools/990001/people/", "/schools/990001/visits/"),
        *("/statements/", "/time/", "/time/buy/", "/time/outcome/"),
    ]
    words = {Case.objects.first().first_name, Plan.objects.get().reference, "worry"}
    assert [word for page in shown for word in words if word.lower() in page.text.lower()] == []


def test_a_draft_of_a_plan_is_not_on_any_page_of_the_school(client, sign_in, sam, make_plan):
    plan = make_plan("draft", concern="canary-draft-7Q")
    sign_in(client, sam)
    codes = {url: client.get(url).status_code for url in pages_of(plan) if plan.reference in url}
    assert set(codes.values()) == {404}
    for url in ("/plans/", "/needs-doing/"):
        assert plan.reference not in client.get(url).text
