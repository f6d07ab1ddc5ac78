import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from consultations.models import Plan, PlanVersion
from consultations.pdf import plan_pdf
from consultations.services import (
    ConsultationContent,
    GoalContent,
    NewCase,
    NewConsent,
    PlanContent,
    ReviewContent,
    StepContent,
    agree_plan,
    ask_for_change,
    begin_plan,
    change_plan,
    record_consultation,
    review_plan,
    send_plan,
)
from schools.services import book_visit, start_visit

from ..records import local

MET_ON, SENT_ON, AGREED_ON, PRINTED_ON = (date(2026, 9, day) for day in (14, 15, 17, 30))
REVIEW_ON = date(2026, 10, 12)
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
MAYA = NewCase(
    "child",
    first_name="Maya",
    last_name="Thornbury",
    date_of_birth=date(2017, 3, 27),
    year_group=4,
    consent=NewConsent("parent", "phone", date(2026, 9, 10)),
)
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


@pytest.fixture
def steps(quillbrook, tess, sam, library):
    tess, sam = (quillbrook.people.get(account=account) for account in (tess, sam))
    strategy = library["begin-with-what-they-can-do"]
    return [
        StepContent("Meet Maya at the side door", tess, "every_day", note="At 8:45.", strategy=strategy),
        StepContent("Ring home to say what went well", sam, "weekly"),
    ]


@pytest.fixture
def talk(quillbrook, priya, themes):
    """A consultation. Overrides are columns of it, or about, tried, clinical_note and told."""

    def record(about=MAYA, **overrides):
        hours = {"planned_start_at": local(MET_ON, 9), "planned_end_at": local(MET_ON, 12)}
        visit = book_visit(quillbrook, priya, by=priya, **hours)
        start_visit(visit, by=priya, at=local(MET_ON, 9))
        people = [
            {"name": "Sam Whitlock", "job": "SENCO", "organisation": "Quillbrook Primary School"},
            {"name": "Priya Nair", "job": "Clinician", "organisation": "Willowmere CAMHS in Schools"},
        ]
        parts = {name: overrides.pop(name) for name in overrides.keys() & {"tried", "clinical_note", "told"}}
        fields = {"held_at": local(MET_ON, 9), "minutes": 30, "risk": "no", "next_step": "start_plan"}
        fields |= {"concern": "As seen", "agreed": "A plan"} | overrides
        content = ConsultationContent(fields, [themes["worry"]], people, **parts)
        return record_consultation(visit, about, content, by=priya, at=local(MET_ON, 12))

    return record


@pytest.fixture
def draft_plan(talk, priya, steps):
    """A draft of a plan. Overrides are columns of the version, or consultation, goals and steps."""

    def draft(about=MAYA, *, consultation=None, **overrides):
        consultation = consultation or talk(about)
        parts = [overrides.pop("goals", GOALS), overrides.pop("steps", steps)]
        content = PlanContent(TEXTS | overrides, *parts)
        at = local(MET_ON, 15)
        return begin_plan(consultation.case, content, by=priya, at=at, consultation=consultation)

    return draft


@pytest.fixture
def agreed_plan(draft_plan, priya, sam):
    def make(*args, **overrides):
        return agree(send(draft_plan(*args, **overrides), priya), sam)

    return make


def send(version, by):
    return send_plan(version, by=by, at=local(SENT_ON, 10), opened_version=version.version)


def agree(version, by):
    return agree_plan(version, by=by, at=local(AGREED_ON, 16), opened_version=version.version)


def review(plan, by, day, ratings, **content):
    """Review the version in force: `ratings` of its goals in order; every step happened at times."""
    plan = Plan.objects.get(pk=plan.pk)
    version = plan.versions.get(status="agreed")
    content = ReviewContent(
        **({"overall": "some_progress", "next_review_on": day + timedelta(weeks=6)} | content),
        ratings=dict(zip(version.goals.all(), ratings, strict=True)),
        answers={step: ("sometimes", "a_bit") for step in version.steps.all()},
    )
    return review_plan(plan, content, by=by, at=local(day, 15), opened_version=plan.version)


def as_read(version):
    """The plan and the version as a page hands them over, with the reviews of all cycles of the case."""
    plans = Plan.objects.select_related("case", "partnership__school", "partnership__service", "consultation")
    plan = plans.get(pk=version.plan_id)
    reviews = plan.reviews.model.objects.filter(plan__case=plan.case).select_related("plan", "reviewed_by")
    reviews = list(reviews.prefetch_related("ratings__goal", "answers__step"))
    return plan, PlanVersion.objects.with_content().get(pk=version.pk), reviews


def pdf_of(version):
    plan, version, reviews = as_read(version)
    return plan_pdf(plan, version, reviews=reviews, printed_on=PRINTED_ON)


def pages_of(pdf):
    """What each page says in reading order, on one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def body_of(version):
    """What the paper says, without the feet of its pages."""
    feet = r" ?Support plan \S+, version \d+( \([^)]*\))? Official-sensitive when completed page \d+ of \d+"
    return " ".join(re.sub(feet, "", page) for page in pages_of(pdf_of(version)))


def test_an_agreed_plan_reads_in_order(agreed_plan, sam, priya):
    version = agreed_plan()
    review(version.plan, sam, REVIEW_ON, [4, 2], note="Better with Tess than with supply staff.")
    review(version.plan, priya, date(2026, 11, 23), [5, 4], overall="going_well")
    assert body_of(version) == " ".join(
        [
            "Support plan agreed with school",
            f"Reference {version.plan.reference}, version 1, cycle 1 Date agreed 17 September 2026",
            "School Quillbrook Primary School (URN 990001)",
            "Child Maya Thornbury Date of birth 27 March 2017 Year group Year 4",
            "At the consultation Sam Whitlock, SENCO, Quillbrook Primary School",
            "Priya Nair, Clinician, Willowmere CAMHS in Schools",
            "Printed 30 September 2026",
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
            "Next steps and review date Review date 4 January 2027",
            "If the goals are not reached by then We meet the parents together.",
            "What to do if things get worse If somebody is in danger now, call 999.",
            "If you are worried that a child is at risk of harm, tell the safeguarding lead today,",
            "in person or by phone. Do not wait for the next visit.",
            "Agreed by Name and job Date on screen Signature and date",
            "Sent by Priya Nair Willowmere CAMHS in Schools 15 September 2026",
            "Agreed by Sam Whitlock SENCO, Quillbrook Primary School 17 September 2026",
            "Parent or carer Child or young person",
            "Who holds this Willowmere CAMHS in Schools keeps the record. Quillbrook Primary School can read",
            "it on screen and keeps this paper in its own file. Each keeps it for as long as its own rules on",
            "records say. Parents and carers can ask Quillbrook Primary School or Willowmere CAMHS in Schools",
            "for a copy of what is held about their child.",
        ]
    )


def test_a_plan_with_two_reviews_takes_two_pages_with_a_foot_on_each(agreed_plan, sam, priya):
    version = agreed_plan()
    review(version.plan, sam, REVIEW_ON, [4, 2])
    review(version.plan, priya, date(2026, 11, 23), [5, 4])
    name = f"Support plan {version.plan.reference}, version 1"
    ends = [page[page.index(name) :] for page in pages_of(pdf_of(version))]
    assert ends == [f"{name} Official-sensitive when completed page {n} of 2" for n in (1, 2)]


def test_nothing_of_the_consultation_is_printed_but_who_took_part(talk, agreed_plan):
    texts = ["concern", "agreed", "why_now", "strengths", "since_when", "how_often", "setting"]
    texts += ["other_agencies", "attendance", "childs_view", "childs_view_how", "parents_view"]
    told = {"told_name": "canary-told", "told_at": local(MET_ON, 11), "how": "phone"}
    consultation = talk(
        **{name: f"canary-{name}" for name in texts},
        risk="told",
        minutes=237,
        told=told | {"school_reference": "canary-reference"},
        tried=[("canary-tried", "helped")],
        clinical_note="canary-note",
    )
    words = body_of(agreed_plan(consultation=consultation))
    assert "At the consultation Sam Whitlock" in words
    assert "canary" not in words
    assert "237" not in words


@pytest.mark.parametrize(
    ("about", "printed"),
    [
        (NewCase("child", year_group=4), "Child A child Year group Year 4 At"),
        (
            NewCase("class", group_name="4 Oak", year_group=4, pupils=28),
            "Class 4 Oak Year group Year 4 Number of pupils 28 At",
        ),
        (NewCase("group", group_name="Friday club", pupils=6), "Group Friday club Number of pupils 6 At"),
        (NewCase("year_group", year_group=7), "About A year group Year group Year 7 At"),
        (NewCase("staff"), "About Staff or whole school At"),
    ],
)
def test_a_plan_without_a_name_prints_and_asks_for_none(draft_plan, about, printed):
    plan, version, _ = as_read(draft_plan(about))
    # The database refuses these; they stand for a row that got past it.
    plan.case.first_name, plan.case.last_name, plan.case.date_of_birth = (
        "Mayacanary",
        "Thornbury",
        date(2017, 3, 27),
    )
    words = " ".join(pages_of(plan_pdf(plan, version, reviews=[], printed_on=PRINTED_ON)))
    assert printed in words
    assert not {"Mayacanary", "Thornbury", "2017", "Parent or carer"} & {
        w for w in re.findall(r"Parent or carer|\w+", words)
    }


@pytest.fixture
def in_state(agreed_plan, draft_plan, priya, sam, steps):
    """The first version of a plan by what became of it."""

    def make(state):
        if state == "draft":
            return draft_plan()
        if state == "sent":
            return send(draft_plan(), priya)
        if state == "sent back":
            sent = send(draft_plan(), priya)
            return ask_for_change(
                sent, by=sam, at=local(AGREED_ON, 9), change="Later", opened_version=sent.version
            )
        first = agreed_plan()
        content = PlanContent(TEXTS | {"why_changed": "Too much"}, GOALS, steps)
        plan = Plan.objects.get(pk=first.plan_id)
        second = change_plan(plan, content, by=priya, at=local(AGREED_ON, 17), opened_version=plan.version)
        agree_plan(
            send_plan(second, by=priya, at=local(AGREED_ON, 18), opened_version=second.version),
            by=sam,
            at=local(AGREED_ON, 19),
            opened_version=2,
        )
        return first

    return make


@pytest.mark.parametrize(
    ("state", "top", "words"),
    [
        ("draft", "Support plan", "Draft - not agreed"),
        ("sent", "Support plan", "Sent - not agreed yet"),
        ("sent back", "Support plan", "Sent back - not agreed"),
        ("replaced", "Support plan agreed with school", "Replaced - a later version is in force"),
    ],
)
def test_a_version_that_is_not_in_force_says_so_on_every_page(in_state, state, top, words):
    version = in_state(state)
    pages = pages_of(pdf_of(version))
    assert pages[0].startswith(f"{top} {words} Reference")
    foot = (
        f"Support plan {version.plan.reference}, version 1 ({words}) Official-sensitive when completed page"
    )
    assert [foot in page for page in pages] == [True, True]
