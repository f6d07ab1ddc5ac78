from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from consultations.models import Plan, PlanVersion, Review
from consultations.pdf import file_name, plan_pdf
from consultations.services import (
    ConsultationContent,
    GoalContent,
    NewCase,
    NewConsent,
    PlanContent,
    ReviewContent,
    StepContent,
    agree_plan,
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
HEADINGS = [
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
    GoalContent(
        "Comes into class with one reminder", 2, 6, "staff", "stays in the corridor", "walks in with the others"
    ),
    GoalContent("Says when a worry is getting too big", 1, 5, "child"),
]
TEXTS = {
    "concern": (
        "Maya waits in the corridor at the start of most lessons. After half term it went from one lesson a day "
        "to nearly all of them. She says her stomach hurts. Staff are worried that she is missing phonics and is "
        "becoming known for it."
    ),
    "strengths": "She draws every break and helps the younger children in the library. She trusts Tess.",
    "tried": "A visual timetable: helped partly. Sending her straight in: made it worse.",
    "childs_view": "I do not like it when everybody looks at me when I come in.",
    "parents_view": "Mum says mornings at home are calmer when Maya knows who will meet her at the door.",
    "parents_know": "not_yet",
    "parents_why": "Sam rings them on Thursday.",
    "if_not_reached": "We meet the parents together, and talk about whether a referral would help.",
    "review_on": REVIEW_ON,
}


@pytest.fixture
def steps(quillbrook, tess, sam, library):
    strategy = library[sorted(library)[0]]
    tess, sam = quillbrook.people.get(account=tess), quillbrook.people.get(account=sam)
    return [
        StepContent("Meet Maya at the side door at 8:45", tess, "every_day", strategy=strategy),
        StepContent(
            "Give her a job to carry in", tess, "most_days", note="The register, or the lunch list, not both."
        ),
        StepContent("Ring home on Friday to say what went well", sam, "weekly"),
    ]


@pytest.fixture
def make_consultation(quillbrook, priya, themes):
    """A consultation about a case, with texts of its own that no paper may show."""

    def make(about=MAYA, **fields):
        hours = {"planned_start_at": local(MET_ON, 9), "planned_end_at": local(MET_ON, 12)}
        visit = book_visit(quillbrook, priya, by=priya, **hours)
        start_visit(visit, by=priya, at=local(MET_ON, 9))
        people = [
            {"name": "Sam Whitlock", "job": "SENCO", "organisation": "Quillbrook Primary School"},
            {"name": "Priya Nair", "job": "Clinician", "organisation": "Willowmere CAMHS in Schools"},
        ]
        needed = {"held_at": local(MET_ON, 9), "minutes": 30, "risk": "no", "next_step": "start_plan"}
        texts = {"concern": "As seen", "agreed": "A plan"}
        parts = {name: fields.pop(name) for name in fields.keys() & {"tried", "clinical_note", "told"}}
        content = ConsultationContent(needed | texts | fields, [themes["worry"]], people, **parts)
        return record_consultation(visit, about, content, by=priya, at=local(MET_ON, 12))

    return make


@pytest.fixture
def draft_plan(make_consultation, priya, steps):
    """A draft of a plan. Overrides are columns of the version, or about, goals, steps and consultation."""

    def draft(about=MAYA, *, consultation=None, **overrides):
        parts = [overrides.pop("goals", GOALS), overrides.pop("steps", steps)]
        consultation = consultation or make_consultation(about)
        content = PlanContent(TEXTS | overrides, *parts)
        at = local(MET_ON, 15)
        return begin_plan(consultation.case, content, by=priya, at=at, consultation=consultation)

    return draft


def send(version, by):
    return send_plan(version, by=by, at=local(SENT_ON, 10), opened_version=version.version)


def agree(version, by):
    return agree_plan(version, by=by, at=local(AGREED_ON, 16), opened_version=version.version)


@pytest.fixture
def draft(draft_plan):
    return draft_plan()


@pytest.fixture
def agreed(draft, priya, sam):
    return agree(send(draft, priya), sam)


def review(plan, by, day, ratings, **content):
    """Review the version in force: `ratings` of its goals in order; every step happened at times."""
    plan = Plan.objects.get(pk=plan.pk)
    version = plan.versions.get(status="agreed")
    content = ReviewContent(
        **({"overall": "some_progress", "next_review_on": day + timedelta(weeks=6)} | content),
        ratings=dict(zip(version.goals.all(), ratings, strict=False)),
        answers={step: ("sometimes", "a_bit") for step in version.steps.all()},
    )
    return review_plan(plan, content, by=by, at=local(day, 15), opened_version=plan.version)


def pdf_of(version, reviews=None):
    plan = Plan.objects.select_related("case", "partnership__school", "partnership__service", "consultation")
    rows = Review.objects.filter(plan=version.plan_id) if reviews is None else reviews
    rows = rows.select_related("plan", "reviewed_by").prefetch_related("ratings__goal", "answers__step")
    version = PlanVersion.objects.with_content().get(pk=version.pk)
    return plan_pdf(plan.get(pk=version.plan_id), version, reviews=rows, printed_on=PRINTED_ON)


def pages_of(pdf):
    """The words of each page in reading order, on one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def words_of(version, **given):
    return " ".join(pages_of(pdf_of(version, **given)))


def test_look(agreed, sam, priya, draft_plan):
    review(agreed.plan, sam, REVIEW_ON, [4, 2], note="Better with Tess than with supply staff.")
    review(agreed.plan, priya, date(2026, 11, 23), [5, 4], overall="going_well")
    from pathlib import Path; Path("/tmp/t/agreed.pdf").write_bytes(pdf_of(agreed))
    import time, cProfile, pstats
    t = time.perf_counter()
    for _ in range(10):
        pdf_of(agreed)
    print("MS", (time.perf_counter() - t) * 100)
    pr = cProfile.Profile(); pr.enable(); pdf_of(agreed); pr.disable()
    pstats.Stats(pr).sort_stats("cumtime").print_stats(45)
    big = "<b>a</b> & <para> " + "x" * 1800 + "\n" * 50 + "é ł Иван 中文 🙂 مرحبا"
    from dataclasses import replace
    klass = NewCase("class", group_name="4 Oak", year_group=4, pupils=28)
    fields = {name: (big * 2)[:2000] for name in ["concern", "strengths", "tried", "childs_view", "parents_view"]}
    long = "W" * 300
    person = replace(GOALS[0], what=long, at_zero="w" * 60, at_ten="m m m" * 12)
    v = draft_plan(klass, **fields, goals=[person] * 3, steps=[StepContent(long, agreed.steps.first().who, "weekly", note=long)] * 12)
    Path("/tmp/t/big.pdf").write_bytes(pdf_of(send(v, priya)))
    agree(PlanVersion.objects.get(pk=v.pk), sam)
    review(v.plan, sam, REVIEW_ON, [4, 2, 3], note="no spaces" + "q" * 980)
    Path("/tmp/t/big2.pdf").write_bytes(pdf_of(v))
