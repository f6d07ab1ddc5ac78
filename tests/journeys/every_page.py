"""Work at Quillbrook that puts something on every page, and which pages each person has."""

from uuid import uuid4

from django.utils import timezone

from consultations.models import RUNS_OUT_SOON, Purpose
from consultations.services import keep_draft
from tests.consents import answer, assess, refuse
from tests.records import named_child, no_names_child, whole_class

READING = ["plans", "plan", "plan waiting", "history", "case"]
AT_SCHOOL = ["school", "school consultations", "school plans", "visits"]
WRITES_PEOPLE = ["people", "person add", "person change", "person leave"]
CONSENT = ["consent", "consent add", "consent withdraw", "competence", "case name", "running out"]
OWN = ["role", "password"]
LIBRARY = ["library", "strategy"]
C1_TO_C8 = [
    *("today", "visit", "visit add", "consultation", "consultation change", "told", "tell", "draft discard"),
    *("plan add", "plan change", "plan check", "plan sent", "review", "visit finish"),
]
PAGES_OF = {
    "priya": [*C1_TO_C8, "schools", "no-names case", *CONSENT, *READING, *AT_SCHOOL, *WRITES_PEOPLE, *OWN],
    "sam": ["needs doing", "plan agree", "review", "visits", *READING, *WRITES_PEOPLE],
    "ruth": ["schools", "visit", "consultation", "consent", "people", *READING, *AT_SCHOOL],
    "hana": ["visits", "people"],
    "edie": LIBRARY,
    "ada": OWN,
}


def work_at_quillbrook(cast, make):
    """`make` holds the fixtures that make visits, consultations, plans and reviews."""
    visit = make.visit(started=True)
    make.visit(days=14)
    talk = make.consultation(
        visit=visit,
        next_step="start_plan",
        clinical_note="A note for clinicians",
        tried=[("A later start", "partly")],
        strengths="Draws well and helps others.",
        risk="to_tell",
    )
    plan = make.plan("agreed", consultation=talk)
    make.review(plan, note="Mondays are hard.", talk_at_next_visit=True)

    say_more(talk.case, cast.priya)

    def other(about):
        return make.consultation(visit=visit, about=about, next_step="start_plan")

    draft = make.plan("draft", consultation=other(named_child(first_name="Ivy")))
    waiting = make.plan("sent", consultation=other(named_child(first_name="Ned")))
    other(whole_class())
    return visit, talk, plan, draft, waiting, other(no_names_child()), half_written(cast, visit)


def say_more(case, by):
    """Something of each kind on the consent page."""
    answer(case, Purpose.OBSERVE, by=by, until=timezone.localdate() + RUNS_OUT_SOON)
    refuse(case, Purpose.REFER_ON, by=by)
    assess(case, Purpose.DIRECT_WORK, "not_competent", by=by, notes="Too much at once.", can_weigh=False)


def half_written(cast, visit):
    return keep_draft(
        uuid4(),
        {"concern": ["Half a sentence"]},
        by=cast.priya,
        path=f"{visit.get_absolute_url()}add/",
        at=timezone.now(),
        page=uuid4(),
        kind="consultation",
        partnership=cast.quillbrook,
        visit=visit,
    )


def addresses(cast, make, library):
    """The address of each page by the names above."""
    records = work_at_quillbrook(cast, make)
    discard = records[-1].key
    visit, talk, plan, draft, waiting, no_names = (record.get_absolute_url() for record in records[:-1])
    school = f"/schools/{cast.quillbrook.school.urn}/"
    person = f"{school}people/{cast.quillbrook.people.first().pk}/"
    case, unnamed = records[1].case, records[5].case.get_absolute_url()
    consent = f"{case.get_absolute_url()}consent/"
    carries = case.consents.get(purpose="share_plan").pk
    return {
        "running out": "/consents/",
        **{"consent": consent, "consent add": f"{consent}add/", "competence": f"{consent}competence/"},
        **{"consent withdraw": f"{consent}{carries}/withdraw/", "case name": f"{unnamed}name/"},
        **{"today": "/today/", "needs doing": "/needs-doing/", "schools": "/schools/", "plans": "/plans/"},
        **{"role": "/role/", "password": "/account/password/change/", "library": "/library/"},
        "strategy": next(iter(library.values())).url,
        **{"visit": visit, "visit add": f"{visit}add/", "visit finish": f"{visit}finish/"},
        "draft discard": f"/drafts/{discard}/discard/",
        **{"consultation": talk, "consultation change": f"{talk}edit/"},
        **{"told": f"{talk}told/", "tell": f"{talk}told/?told=1"},
        **{"case": case.get_absolute_url(), "no-names case": unnamed},
        **{"plan": plan, "plan change": f"{plan}edit/", "history": f"{plan}history/"},
        **{"review": f"{plan}review/", "plan add": f"{no_names}plan/", "plan check": f"{draft}check/"},
        **{"plan waiting": waiting, "plan sent": f"{waiting}sent/", "plan agree": f"{waiting}agree/"},
        **{"school": school, "school consultations": f"{school}consultations/"},
        **{"school plans": f"{school}plans/", "visits": f"{school}visits/", "people": f"{school}people/"},
        **{"person add": f"{school}people/add/", "person change": person, "person leave": f"{person}leave/"},
    }
