"""Maya's plan of 14 September 2026 on paper: how it is made, reviewed, printed and read."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from consultations import reading
from consultations.models import Plan
from consultations.papers.plan import plan_facts
from consultations.pdf import plan_pdf
from consultations.services import GoalContent, StepContent

from .cast import role_of
from .records import local, named_child

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


@pytest.fixture
def mayas_steps(quillbrook, tess, sam):
    tess, sam = (quillbrook.people.get(account=account) for account in (tess, sam))
    return [
        StepContent("Meet Maya at the side door", tess, "every_day", note="At 8:45."),
        StepContent("Ring home to say what went well", sam, "weekly"),
    ]


@pytest.fixture
def maya_plan(make_plan, make_consultation, mayas_steps):
    """A plan of 14 September for Maya. `about` and whatever `make_plan` takes may be given."""

    def make(status="agreed", *, about=MAYA, **overrides):
        if not overrides.keys() & {"consultation", "case"}:
            overrides["consultation"] = make_consultation(about=about, people=PEOPLE)
        return make_plan(
            status, **({"on": WRITTEN_ON, "goals": GOALS, "steps": mayas_steps} | TEXTS | overrides)
        )

    return make


@pytest.fixture
def mayas_review(make_review, sam):
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
