"""The paper of a plan: what stands on it and in which order, and what never does."""

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


def test_an_agreed_plan_reads_in_order(maya_plan, mayas_review, mayas_steps, library, priya, body_of):
    strategy = library["begin-with-what-they-can-do"]
    plan = maya_plan(steps=[replace(mayas_steps[0], strategy=strategy), mayas_steps[1]])
    mayas_review(plan, REVIEW_ON, [4, 2], note="Better with Tess than with supply staff.")
    mayas_review(plan, date(2026, 11, 23), [5, 4], overall="going_well", by=priya)
    assert body_of(plan) == " ".join(
        [
            "Support plan agreed with school",
            f"Reference {plan.reference}, version 1, cycle 1 Date agreed 14 September 2026",
            "School Quillbrook Primary School (URN 990001)",
            "Child Maya Thornbury Date of birth 27 March 2017 Year group Year 4",
            "At the consultation Sam Whitlock, SENCO, Quillbrook Primary School",
            "Priya Nair, Clinician, Willowmere CAMHS in Schools",
            "Printed 30 September 2026 from the screen, not numbered",
            "What this is",
            "This records a consultation between school staff and a mental health clinician. It is not an",
            "assessment of the child, a diagnosis or statutory advice.",
            "Assess",
            "The concern, in the words of staff Maya waits in the corridor at the start of most lessons.",
            "What is going well She draws every break. She trusts Tess.",
            "What has been tried A visual timetable: helped partly. Sending her straight in: made it worse.",
            "What the child or young person says I do not like it when everybody looks at me.",
            "What the parents or carers say Mum says mornings at home are calmer now.",
            "Do the parents or carers know about this plan? Not yet. Sam rings them on Thursday.",
            "Plan Goal Starting point By when",
            "1. Comes into class with one reminder 0 means stays in the corridor. 10 means walks in.",
            "2 out of 10 on 14 September 2026, rated by a member of staff 6 out of 10 by 12 October 2026",
            "2. Says when a worry is too big 0 means not started. 10 means it is there.",
            "1 out of 10 on 14 September 2026, rated by the child or young person",
            "5 out of 10 by 12 October 2026",
            "Do What adults will do Who makes sure How often From when Source",
            "1. Meet Maya at the side door At 8:45. Tess Abernathy, Class teacher Every day",
            "14 September 2026 Begin with what they can do",
            "2. Ring home to say what went well Sam Whitlock, SENCO Weekly 14 September 2026 Own words",
            "Review Cycle Date and by whom Rating out of 10 Did it happen? Did it help? Decision",
            "1 12 October 2026 Sam Whitlock Goal 1: 4 Goal 2: 2",
            "Step 1: Sometimes. A bit. Step 2: Sometimes. A bit. Some progress, carry on.",
            "Next review: 23 November 2026. Better with Tess than with supply staff.",
            "1 23 November 2026 Priya Nair Goal 1: 5 Goal 2: 4",
            "Step 1: Sometimes. A bit. Step 2: Sometimes. A bit. Going well, carry on.",
            "Next review: 4 January 2027.",
            "- Goal 1, circle, solid line: from 2 on 14 September 2026 to 5 on 23 November 2026, out of 10.",
            "- Goal 2, square, dashed line: from 1 on 14 September 2026 to 4 on 23 November 2026, out of 10.",
            "Date Goal 1 Goal 2 14 September 2026 2 1 12 October 2026 4 2 23 November 2026 5 4",
            "Next steps and review date Review date 4 January 2027",
            "If the goals are not reached by then We meet the parents together.",
            "What to do if things get worse If somebody is in danger now, call 999.",
            "If you are worried that a child is at risk of harm, tell the safeguarding lead today,",
            "in person or by phone. Do not wait for the next visit.",
            "Agreed by Name and job Date on screen Signature and date",
            "Sent by Priya Nair Willowmere CAMHS in Schools 14 September 2026",
            "Agreed by Sam Whitlock SENCO, Quillbrook Primary School 14 September 2026",
            "Parent or carer Child or young person",
            "Who holds this Willowmere CAMHS in Schools keeps the record.",
            "Quillbrook Primary School can read it on screen and keeps this paper in its own file.",
            "Each keeps it for as long as its own rules on records say.",
            "Parents and carers can ask Quillbrook Primary School or Willowmere CAMHS in Schools for a copy",
            "of what is held about their child.",
        ]
    )


def test_a_plan_with_two_reviews_takes_two_pages_with_a_foot_on_each(maya_plan, mayas_review, pdf_of):
    plan = maya_plan()
    mayas_review(plan, REVIEW_ON, [4, 2])
    mayas_review(plan, date(2026, 11, 23), [5, 4])
    name = f"Support plan {plan.reference}, version 1"
    ends = [page[page.index(name) :] for page in pages_of(pdf_of(plan))]
    assert ends == [f"{name} Official-sensitive when completed page {n} of 2" for n in (1, 2)]


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
        (NewCase("child", year_group=4), "Child or young person A child Year group Year 4 At"),
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
    plan = maya_plan(goals=GOALS[:1] * count, steps=mayas_steps * count)
    for number in range(count):
        mayas_review(plan, REVIEW_ON + timedelta(weeks=number), [number] * count)
    plan, version, versions, reviews = as_read(plan, 1, priya)
    # Who took part.
    with django_assert_num_queries(1):
        print_of(plan, version, versions, reviews)
