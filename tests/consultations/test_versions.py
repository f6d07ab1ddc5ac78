"""Old versions as they were, their papers, and any two compared in words."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import Reading
from consultations.services import StepContent, agree_plan, change_plan, send_plan, take_back_plan
from tests.filling import main_text, parsed, problems
from tests.plans import as_it_is_now, newest, next_weekday
from tests.records import somebody_at
from web.words import longdate


@pytest.fixture
def change(plan_content, priya, sam):
    """The next version of a plan, sent; agreed unless told otherwise."""

    def make(plan, why, agreed=True, **overrides):
        plan, common = as_it_is_now(plan), {"by": priya, "at": timezone.now()}
        content = plan_content(plan.partnership, priya, why_changed=why, **overrides)
        version = change_plan(plan, content, opened_version=plan.version, **common)
        version = send_plan(version, opened_version=version.version, **common)
        if agreed:
            agree_plan(version, by=sam, at=timezone.now(), opened_version=version.version)
        return version

    return make


@pytest.fixture
def dates(today):
    return [next_weekday(today + timedelta(weeks=weeks)) for weeks in (6, 8, 9)]


@pytest.fixture
def plan(make_plan, change, dates):
    """Three agreed versions: the review date moved, then the concern was written anew."""
    plan = make_plan("agreed")
    change(plan, "half term", review_on=dates[1])
    change(plan, "a training day", review_on=dates[2], concern="Robin comes in late on Mondays.")
    return plan


@pytest.fixture
def read(client, sign_in):
    def get(person, url):
        return sign_in(client, person).get(url)

    return get


def version_url(plan, number, name="plan-version"):
    return reverse(f"consultations:{name}", args=[plan.reference, number])


def compare_url(plan, asked=""):
    return reverse("consultations:plan-compare", args=[plan.reference]) + asked


def test_an_old_version_reads_as_it_was(plan, read, sam, dates, make_review):
    make_review(plan)
    page = main_text(read(sam, version_url(plan, 1)))
    assert "Version 1 as it was" in page
    assert "Robin cries at the gate most mornings." in page
    assert f"Review date: {longdate(dates[0])}" in page
    assert "Replaced by version 2" in page
    assert "Sam Whitlock, SENCO" in page
    assert "late on Mondays" not in page


def test_its_paper_is_of_that_version(plan, read, sam):
    answer = read(sam, version_url(plan, 1, "plan-version-pdf"))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert answer["Content-Disposition"] == f'attachment; filename="plan-{plan.reference}-v1.pdf"'
    assert "Replaced - a later version is in force" in text
    assert "late on Mondays" not in text
    assert Reading.objects.order_by("pk").last().door == "consultations:plan-version-pdf"


def test_its_paper_holds_the_reviews_up_to_then_and_no_later_one(make_plan, make_review, change, read, sam):
    plan = make_plan("agreed")
    make_review(plan, note="Under the first version")
    change(plan, "half term")
    make_review(plan, note="Under the second version")
    text = " ".join(
        page.extract_text()
        for page in PdfReader(BytesIO(read(sam, version_url(plan, 1, "plan-version-pdf")).content)).pages
    )
    assert "Under the first version" in text
    assert "Under the second version" not in text


def test_two_versions_differ_in_words_with_the_reason(plan, read, sam, dates):
    page = main_text(read(sam, compare_url(plan, "?from=1&to=2")))
    moved = f"Review date: {longdate(dates[0])} → changed to {longdate(dates[1])} . Reason: half term"
    assert moved in page
    assert "The concern" not in page


def test_a_step_taken_out_and_one_added_are_said_without_an_arrow(make_plan, change, quillbrook, read, sam):
    who = somebody_at(quillbrook, sam)
    old, new = (
        [StepContent(what, who=who, how_often="weekly")] for what in ("Meet at the door.", "Sit near")
    )
    plan = make_plan("agreed", steps=old)
    change(plan, "It did not fit.", steps=new)
    page = parsed(read(sam, compare_url(plan)))
    said = [" ".join(item.get_text().split()) for item in page.select("main li")]
    assert {"Step taken out: Meet at the door. Reason: It did not fit."} <= set(said)
    assert {"Step added: Sit near. Reason: It did not fit."} <= set(said)


def test_any_two_are_compared_in_either_order_with_every_reason_between(plan, read, sam, dates):
    for asked in ("?from=1&to=3", "?from=3&to=1"):
        page = main_text(read(sam, compare_url(plan, asked)))
        assert f"Review date: {longdate(dates[0])} → changed to {longdate(dates[2])}" in page
        assert "The concern: Robin cries at the gate most mornings. → changed to" in page
        assert "Reasons Version 2: half term Version 3: a training day" in page


def test_at_first_the_newest_is_compared_with_the_one_before(plan, read, sam):
    assert "Version 2 and version 3" in main_text(read(sam, compare_url(plan)))


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("?from=1&to=1", "Select two different versions"),
        ("?from=1&to=9", "Select the second version"),
        ("?from=x&to=2", "Select the first version"),
        (f"?from={'9' * 400}&to=2", "Select the first version"),
        ("?from=%00&to=2", "Select the first version"),
        ("?to=2", "Select the first version"),
    ],
)
def test_what_cannot_be_compared_says_so(plan, read, sam, asked, message):
    page = read(sam, compare_url(plan, asked))
    assert (page.status_code, problems(page)) == (200, [message])


def test_a_plan_of_one_version_says_that_nothing_differs(make_plan, read, sam):
    assert "They say the same." in main_text(read(sam, compare_url(make_plan("agreed"))))


def test_the_history_lists_every_version_with_its_paper(plan, read, sam):
    page = read(sam, reverse("consultations:plan-history", args=[plan.reference]))
    links = [link["href"] for link in parsed(page).select("table:first-of-type a")]
    assert links[:6] == [
        url
        for number in (3, 2, 1)
        for url in (version_url(plan, number), version_url(plan, number, "plan-version-pdf"))
    ]
    assert compare_url(plan) in [link["href"] for link in parsed(page).select("main a")]


@pytest.mark.parametrize("name", ["plan-version", "plan-version-pdf"])
def test_link_staff_open_no_version_that_is_not_shared_with_them(make_plan, change, read, priya, sam, name):
    plan = make_plan("agreed")
    change(plan, "half term", agreed=False, concern="Never read by the school")
    version = newest(plan)
    take_back_plan(version, by=priya, at=timezone.now(), opened_version=version.version)
    page = read(sam, version_url(plan, 2, name))
    assert page.status_code == 404
    assert b"Never read by the school" not in page.content
    assert problems(read(sam, compare_url(plan, "?from=1&to=2"))) == ["Select the second version"]
    history = main_text(read(sam, reverse("consultations:plan-history", args=[plan.reference])))
    assert "Taken back" not in history
    assert "half term" not in history


def test_a_draft_is_the_clinicians_alone(make_plan, plan_content, read, priya, sam):
    plan = make_plan("agreed")
    content = plan_content(plan.partnership, priya, why_changed="More")
    change_plan(plan, content, by=priya, at=timezone.now(), opened_version=plan.version)
    assert read(priya, version_url(plan, 2)).status_code == 200
    assert read(sam, version_url(plan, 2)).status_code == 404


@pytest.mark.parametrize("number", [0, 9, 10**30])
@pytest.mark.parametrize("name", ["plan-version", "plan-version-pdf"])
def test_a_version_that_there_is_not_is_not_found(plan, read, sam, name, number):
    assert read(sam, version_url(plan, number, name)).status_code == 404


@pytest.mark.parametrize("name", ["plan-version", "plan-version-pdf", "plan-compare"])
def test_they_are_pages_and_no_buttons(plan, client, sign_in, sam, name):
    arguments = [plan.reference] if name == "plan-compare" else [plan.reference, 1]
    url = reverse(f"consultations:{name}", args=arguments)
    assert sign_in(client, sam).post(url).status_code == 405
