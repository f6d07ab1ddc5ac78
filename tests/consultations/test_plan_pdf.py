"""The paper of a plan: how it is laid out, and what never stands on it."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from consultations.pdf import file_name
from consultations.services import NewCase
from tests.maya import GOALS, PEOPLE, PRINTED_ON, REVIEW_ON, WRITTEN_ON, as_read, pages_of, print_of
from tests.records import local

SECTIONS = [
    "Support plan agreed with school",
    "What this is",
    "Assess",
    "Plan",
    "Do",
    "Review",
    "Next steps and review date",
    "Agreed by",
    "Who holds this",
]


def test_a_plan_with_two_reviews_takes_two_pages_with_a_foot_on_each(maya_plan, mayas_review, pdf_of):
    plan = maya_plan()
    mayas_review(plan, REVIEW_ON, [4, 2])
    mayas_review(plan, date(2026, 11, 23), [5, 4])
    name = f"Support plan {plan.reference}, version 1"
    ends = [page[page.index(name) :] for page in pages_of(pdf_of(plan))]
    assert ends == [f"{name} Official-sensitive when completed page {n} of 2" for n in (1, 2)]


def test_a_usual_plan_with_two_long_reviews_takes_two_pages(maya_plan, mayas_steps, make_review, pdf_of):
    steps = [replace(step, what="Accept a nod, a card or a drawing", note="") for step in mayas_steps * 2]
    plan = maya_plan(steps=steps)
    version = plan.versions.get()
    note = "Read one line aloud to the teacher with the door shut, and again on Friday."
    for day, answer in [(REVIEW_ON, ("yes", "too_soon")), (date(2026, 11, 23), ("sometimes", "a_bit"))]:
        ratings = dict.fromkeys(version.goals.all(), 4)
        answers = dict.fromkeys(version.steps.all(), answer)
        make_review(plan, at=local(day, 15), ratings=ratings, answers=answers, note=note)
    assert len(pages_of(pdf_of(plan))) == 2


def test_nothing_of_the_consultation_is_printed_but_who_took_part(make_consultation, maya_plan, body_of):
    texts = ["concern", "agreed", "why_now", "strengths", "since_when", "how_often", "setting"]
    texts += ["other_agencies", "attendance", "childs_view", "childs_view_how", "parents_view"]
    told = {"told_name": "canary-told", "told_at": local(WRITTEN_ON, 11), "how": "phone"}
    consultation = make_consultation(
        **{name: f"canary-{name}" for name in texts},
        people=PEOPLE,
        risk="told",
        minutes=210,
        told=told | {"school_reference": "canary-reference"},
        tried=[("canary-tried", "helped")],
        clinical_note="canary-note",
    )
    words = body_of(maya_plan(consultation=consultation))
    assert "At the consultation Sam Whitlock, SENCO" in words
    assert "canary" not in words
    assert "210" not in words


@pytest.mark.parametrize(
    ("about", "printed"),
    [
        (NewCase("child", year_group=4), "Child A child Year group Year 4 At"),
        (NewCase("class", group_name="4 Oak", pupils=28), "Class 4 Oak Number of pupils 28 At"),
        (NewCase("group", group_name="Friday club", pupils=6), "Group Friday club Number of pupils 6 At"),
        (NewCase("year_group", year_group=7), "About Year 7 Year group Year 7 At"),
        (NewCase("staff"), "About Staff or whole school At"),
    ],
)
def test_a_plan_without_a_name_prints_none_and_asks_for_none(maya_plan, priya, about, printed):
    plan, version, versions, reviews = as_read(maya_plan(about=about), 1, priya)
    # The database refuses these; they stand for a row that got past it.
    plan.case.first_name, plan.case.last_name, plan.case.date_of_birth = (
        "canary-1",
        "canary-2",
        date(2017, 3, 27),
    )
    words = " ".join(pages_of(print_of(plan, version, versions, reviews)))
    assert printed in words
    assert [
        leak for leak in ("canary", "2017", "Parent or carer", "Child or young person") if leak in words
    ] == []


def test_equal_plans_give_equal_bytes(maya_plan, pdf_of):
    plan = maya_plan()
    assert pdf_of(plan) == pdf_of(plan)
    assert pdf_of(plan) != pdf_of(plan, printed_on=PRINTED_ON + timedelta(days=1))
    assert PdfReader(BytesIO(pdf_of(plan))).metadata["/CreationDate"].startswith("D:20000101")


def test_a_reader_is_told_title_author_language_and_sections(maya_plan, pdf_of):
    plan = maya_plan()
    reader = PdfReader(BytesIO(pdf_of(plan)))
    assert (reader.metadata.title, reader.metadata.author) == (
        f"Support plan {plan.reference}, version 1",
        "Willowmere CAMHS in Schools",
    )
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert [entry.title for entry in reader.outline] == SECTIONS
    pages = [reader.get_destination_page_number(entry) for entry in reader.outline]
    assert (pages[0], pages[-1], pages) == (0, 1, sorted(pages))


def test_the_file_is_named_by_reference_and_version(maya_plan):
    plan = maya_plan()
    assert file_name(plan, plan.versions.get()) == f"plan-{plan.reference}-v1.pdf"


@pytest.mark.parametrize("count", [1, 3])
def test_the_paper_costs_the_same_for_any_number(
    maya_plan, mayas_review, mayas_steps, priya, django_assert_num_queries, count
):
    plan = maya_plan(
        goals=[replace(GOALS[0], what=f"Goal {i}") for i in range(count)], steps=mayas_steps * count
    )
    for number in range(count):
        mayas_review(plan, REVIEW_ON + timedelta(weeks=number), [number] * count)
    plan, version, versions, reviews = as_read(plan, 1, priya)
    # Who took part.
    with django_assert_num_queries(1):
        print_of(plan, version, versions, reviews)
