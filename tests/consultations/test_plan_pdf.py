from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db.models import prefetch_related_objects
from pypdf import PdfReader

from consultations import reading
from consultations.models import Plan
from consultations.papers.plan import plan_facts
from consultations.pdf import file_name, plan_pdf
from consultations.services import (
    GoalContent,
    NewCase,
    StepContent,
    agree_plan,
    ask_for_change,
    change_plan,
    send_plan,
)

from ..cast import role_of
from ..records import local, named_child

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
WRITTEN_ON, REVIEW_ON, PRINTED_ON = date(2026, 9, 14), date(2026, 10, 12), date(2026, 9, 30)
MAYA = named_child(first_name="Maya", last_name="Thornbury", date_of_birth=date(2017, 3, 27))
GOALS = [
    GoalContent("Comes into class with one reminder", 2, 6, "staff", "stays in the corridor", "walks in"),
    GoalContent("Says when a worry is too big", 1, 5, "child"),
]
TEXTS = {
    "concern": "Maya waits in the corridor at the start of most lessons.",
    "strengths": "She draws every break. She trusts Tess.",
    "tried": "A visual timetable: helped partly.\nSending her straight in: made it worse.",
    "childs_view": "I do not like it when everybody looks at me.",
    "parents_view": "Mum says mornings at home are calmer now.",
    "parents_know": "not_yet",
    "parents_why": "Sam rings them on Thursday.",
    "if_not_reached": "We meet the parents together.",
    "review_on": REVIEW_ON,
}
PEOPLE = [
    {"name": "Sam Whitlock", "job": "SENCO", "organisation": "Quillbrook Primary School"},
    {"name": "Priya Nair", "job": "Clinician", "organisation": "Willowmere CAMHS in Schools"},
]
# Each way in which text could be taken for ReportLab's markup, or fetch something.
MARKUP = """<b>& <para> </font> &lt; &#65; ]]> "' <img src="http://127.0.0.1:9/a.png"/>"""


@pytest.fixture
def steps(quillbrook, tess, sam):
    tess, sam = (quillbrook.people.get(account=account) for account in (tess, sam))
    return [
        StepContent("Meet Maya at the side door", tess, "every_day", note="At 8:45."),
        StepContent("Ring home to say what went well", sam, "weekly"),
    ]


@pytest.fixture
def maya_plan(make_plan, make_consultation, steps):
    """A plan of 14 September for Maya. `about` and whatever `make_plan` takes may be given."""

    def make(status="agreed", *, about=MAYA, **overrides):
        if not overrides.keys() & {"consultation", "case"}:
            overrides["consultation"] = make_consultation(about=about, people=PEOPLE)
        return make_plan(status, **({"on": WRITTEN_ON, "goals": GOALS, "steps": steps} | TEXTS | overrides))

    return make


@pytest.fixture
def review(make_review, sam):
    """Review a plan: `ratings` of its goals in order; every step happened at times and helped a bit."""

    def make(plan, day, ratings, **overrides):
        version = plan.versions.get(status="agreed")
        ratings = dict(zip(version.goals.all(), ratings, strict=True))
        answers = dict.fromkeys(version.steps.all(), ("sometimes", "a_bit"))
        values = {"next_review_on": day + timedelta(weeks=6)} | overrides
        return make_review(plan, at=local(day, 15), ratings=ratings, answers=answers, **values)

    return make


def as_read(plan, number, reader):
    """The plan, the version, all versions and the reviews as the page hands them over."""
    plans = Plan.objects.select_related("case", "partnership__school", "partnership__service", "consultation")
    plan = plans.get(pk=plan.pk)
    versions = reading.versions_of(plan, role_of(reader))
    return plan, versions[number - 1], versions, reading.reviews_of_case(plan, role_of(reader))


def print_of(plan, version, versions, reviews, on=PRINTED_ON):
    return plan_pdf(plan_facts(plan, version, versions=versions, reviews=reviews, printed_on=on))


@pytest.fixture
def pdf_of(priya):
    def make(plan, number=1, printed_on=PRINTED_ON):
        return print_of(*as_read(plan, number, priya), on=printed_on)

    return make


def pages_of(pdf):
    """What each page says in reading order, on one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def without_foot(page, plan):
    return page[: page.rindex(f"Support plan {plan.reference}")].strip()


@pytest.fixture
def body_of(pdf_of):
    """What the paper says, without the feet of its pages."""
    return lambda plan, *number: " ".join(
        without_foot(page, plan) for page in pages_of(pdf_of(plan, *number))
    )


def test_an_agreed_plan_reads_in_order(maya_plan, review, steps, library, priya, body_of):
    strategy = library["begin-with-what-they-can-do"]
    plan = maya_plan(steps=[replace(steps[0], strategy=strategy), steps[1]])
    review(plan, REVIEW_ON, [4, 2], note="Better with Tess than with supply staff.")
    review(plan, date(2026, 11, 23), [5, 4], overall="going_well", by=priya)
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


def test_a_plan_with_two_reviews_takes_two_pages_with_a_foot_on_each(maya_plan, review, pdf_of):
    plan = maya_plan()
    review(plan, REVIEW_ON, [4, 2])
    review(plan, date(2026, 11, 23), [5, 4])
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


@pytest.fixture
def replaced(maya_plan, plan_content, steps, priya, sam):
    """A plan with a second version agreed on 17 September, its first goal as before."""
    plan = maya_plan()
    goals = [GOALS[0], replace(GOALS[1], what="Tells Tess about a worry")]
    content = plan_content(
        plan.partnership, priya, goals=goals, steps=steps, **TEXTS, why_changed="Said it better"
    )
    at = local(date(2026, 9, 17), 9)
    version = change_plan(plan, content, by=priya, at=at, opened_version=plan.version)
    version = send_plan(version, by=priya, at=at, opened_version=version.version)
    agree_plan(version, by=sam, at=at, opened_version=version.version)
    return Plan.objects.get(pk=plan.pk)


@pytest.fixture
def sent_back(maya_plan, sam):
    plan = maya_plan("sent")
    version = plan.versions.get()
    ask_for_change(version, by=sam, at=local(WRITTEN_ON, 15), change="Later", opened_version=version.version)
    return plan


@pytest.mark.parametrize(
    ("state", "top", "words"),
    [
        ("draft", "Support plan", "Draft - not agreed"),
        ("sent", "Support plan", "Sent - not agreed yet"),
        ("sent_back", "Support plan", "Sent back - not agreed"),
        ("replaced", "Support plan agreed with school", "Replaced - a later version is in force"),
    ],
)
def test_a_version_that_is_not_in_force_says_so_on_every_page(request, maya_plan, pdf_of, state, top, words):
    plan = maya_plan(state) if state in ("draft", "sent") else request.getfixturevalue(state)
    pages = pages_of(pdf_of(plan))
    assert pages[0].startswith(f"{top} {words} Reference")
    foot = f"Support plan {plan.reference}, version 1 ({words}) Official-sensitive when completed page"
    assert [foot in page for page in pages] == [True, True]


def test_a_draft_names_nobody_who_agreed(maya_plan, body_of):
    words = body_of(maya_plan("draft"))
    assert "Date agreed Not agreed School" in words
    assert "Sent by Not sent Agreed by Not agreed Parent or carer" in words
    assert "Review Not reviewed yet. Next steps and review date Review date 12 October 2026" in words


def test_a_starting_rating_keeps_its_date_from_version_to_version(replaced, body_of):
    words = body_of(replaced, 2)
    assert "walks in. 2 out of 10 on 14 September 2026" in words
    assert "it is there. 1 out of 10 on 17 September 2026" in words


def test_a_plan_that_ended_has_no_review_date(maya_plan, review, body_of):
    plan = maya_plan()
    review(plan, REVIEW_ON, [6, 5], overall="finished", next_review_on=None)
    words = body_of(plan)
    assert "Review date None. This plan ended on 12 October 2026: finished. If the goals" in words


def test_a_goal_that_is_not_printed_above_is_reviewed_by_its_own_words(maya_plan, review, steps, body_of):
    first = maya_plan()
    review(first, REVIEW_ON, [3, 2], overall="stopped", next_review_on=None)
    goal, step = replace(GOALS[0], what="Joins in at break"), replace(steps[0], what="Play beside her")
    on = date(2026, 10, 13)
    second = maya_plan(case=first.case, on=on, goals=[goal], steps=[step], review_on=date(2026, 11, 24))
    review(second, date(2026, 11, 24), [4])
    words = body_of(second)
    assert "version 1, cycle 2" in words
    assert "1 12 October 2026 Sam Whitlock Comes into class with one reminder: 3" in words
    assert "Meet Maya at the side door: Sometimes. A bit." in words
    assert "2 24 November 2026 Sam Whitlock Goal 1: 4 Step 1: Sometimes. A bit." in words


def fill(record, *fields):
    """Type MARKUP into the fields of a row, unsaved. Returns what a paper should say of them."""
    for field in fields:
        setattr(record, field, f"{field} {MARKUP}")
    return [f"{field} {MARKUP}" for field in fields]


def test_whatever_was_typed_is_printed_as_it_was_typed(maya_plan, review, priya):
    plan = maya_plan()
    review(plan, REVIEW_ON, [3, 3])
    plan, version, versions, reviews = as_read(plan, 1, priya)
    prefetch_related_objects([plan], "consultation__people")
    goal, step, service = version.goals.all()[0], version.steps.all()[0], plan.partnership.service
    texts = ["concern", "strengths", "tried", "childs_view", "parents_view", "parents_why", "if_not_reached"]
    typed = [
        *fill(service, "name", "what_a_plan_is", "if_things_get_worse", "paper_label"),
        *fill(plan.partnership.school, "name"),
        *fill(plan.case, "first_name", "last_name"),
        *fill(plan.consultation.people.all()[0], "name", "job", "organisation"),
        *fill(version, *texts),
        *fill(goal, "what", "at_zero", "at_ten"),
        *fill(step, "what", "note", "who_was", "strategy_title"),
        *fill(version.sent_by, "first_name"),
        *fill(reviews[0].reviewed_by, "last_name"),
        *fill(reviews[0], "note"),
    ]
    pages = pages_of(print_of(plan, version, versions, reviews))
    # Narrow columns break long words anywhere.
    words = "".join(without_foot(page, plan).replace(" ", "") for page in pages)
    assert [text for text in typed if text.replace(" ", "") not in words] == [f"paper_label {MARKUP}"]
    assert all(f"paper_label {MARKUP} page" in page for page in pages)


@pytest.mark.parametrize("text", ["Ж" * 2000, "Ж\n" * 1000, "Ж " * 1000, "\U0001f642Ж" * 1000])
def test_long_texts_are_printed_whole(maya_plan, body_of, text):
    fields = dict.fromkeys(["concern", "strengths", "tried", "childs_view", "parents_view"], text)
    assert body_of(maya_plan(**fields)).count("Ж") == 5 * text.count("Ж")


def test_a_row_taller_than_a_page_goes_on_on_the_next(maya_plan, review, steps, body_of):
    goal, step = replace(GOALS[0], what="Ж" * 300), replace(steps[0], what="Щ" * 300, note="Ю" * 300)
    plan = maya_plan(goals=[goal] * 3, steps=[step] * 12)
    review(plan, REVIEW_ON, [1, 2, 3], note="Д\n" * 499)
    words = body_of(plan)
    assert [words.count(letter) for letter in "ЖЩЮД"] == [900, 3600, 3600, 499]


def test_letters_the_font_lacks_leave_a_mark_and_the_foot_explains_it(maya_plan, body_of, pdf_of):
    mixed = named_child(
        first_name="\u674e Ng\u00f4\t\u0141ukasz",
        last_name="\u0418\u0432\u0430\u043d \u1780\u1781 \U0001f642\ufe0f \u202ex",
    )
    plan, plain = maya_plan(about=mixed), maya_plan()
    assert (
        "Child \u674e Ng\u00f4 \u0141ukasz \u0418\u0432\u0430\u043d \ufffd\ufffd \ufffd x Year group"
        in body_of(plan)
    )
    says = "\ufffd is a letter we could not print"
    assert [says in page for page in pages_of(pdf_of(plan))] == [True, True]
    assert [says in page for page in pages_of(pdf_of(plain))] == [False, False]


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
    maya_plan, review, steps, priya, django_assert_num_queries, count
):
    plan = maya_plan(goals=GOALS[:1] * count, steps=steps * count)
    for number in range(count):
        review(plan, REVIEW_ON + timedelta(weeks=number), [number] * count)
    plan, version, versions, reviews = as_read(plan, 1, priya)
    # Who took part.
    with django_assert_num_queries(1):
        print_of(plan, version, versions, reviews)
