"""Work at Quillbrook that puts something on every page, and which pages each person has."""

from uuid import uuid4

from django.utils import timezone

from accounts.services import log_reading
from consultations.services import NewConsent, keep_draft, record_telling
from tests.cast import role_of
from tests.records import named_child, no_names_child, whole_class

READING = ["plans", "plan", "plan waiting", "history", "case", "who looked"]
AT_SCHOOL = ["school", "school consultations", "school plans", "visits"]
WRITES_PEOPLE = ["people", "person add", "person change", "person leave"]
OWN = ["role", "password"]
LIBRARY = ["library", "strategy"]
C1_TO_C8 = [
    *("today", "visit", "visit add", "consultation", "consultation change", "draft discard"),
    *("told", "tell", "cannot reach"),
    *("plan add", "plan change", "plan check", "plan sent", "review", "visit finish"),
]
CHECKS = ["checks", "named without consent", "unusual readings", "clinical note"]
PAGES_OF = {
    "priya": [*C1_TO_C8, "schools", "no-names case", *READING, *AT_SCHOOL, *WRITES_PEOPLE, *OWN],
    "sam": ["needs doing", "plan agree", "review", "visits", *READING, *WRITES_PEOPLE],
    "ruth": ["schools", "visit", "consultation", "people", *READING, *AT_SCHOOL, *CHECKS],
    "femi": ["passed on", "passed on reference", "people"],
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

    def other(about):
        return make.consultation(visit=visit, about=about, next_step="start_plan")

    draft = make.plan("draft", consultation=other(named_child(first_name="Ivy")))
    waiting = make.plan("sent", consultation=other(named_child(first_name="Ned")))
    other(whole_class())
    return visit, talk, plan, draft, waiting, other(no_names_child()), half_written(cast, visit)


def passed_on(cast, make, visit):
    """Something Femi was told, and a case named because it could not wait, opened late by the lead."""
    urgent = NewConsent("could_not_wait", reason="The child asked for help today.")
    talk = make.consultation(visit=visit, about=named_child(first_name="Una", consent=urgent), risk="to_tell")
    told = {"told_name": "Femi Adeyemi", "told_at": timezone.now(), "how": "phone"}
    femi = cast.quillbrook.people.get(account=cast.femi)
    log_reading(talk.case, role=role_of(cast.ruth), record=talk, door="consultations:case", at=timezone.now())
    return record_telling(talk.safeguarding, told_person=femi, by=cast.priya, **told).pk


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
    return {
        **{"today": "/today/", "needs doing": "/needs-doing/", "schools": "/schools/", "plans": "/plans/"},
        **{"role": "/role/", "password": "/account/password/change/", "library": "/library/"},
        "strategy": next(iter(library.values())).url,
        **{"visit": visit, "visit add": f"{visit}add/", "visit finish": f"{visit}finish/"},
        "draft discard": f"/drafts/{discard}/discard/",
        **{"consultation": talk, "consultation change": f"{talk}edit/"},
        **{"told": f"{talk}told/", "tell": f"{talk}told/?told=1", "cannot reach": f"{talk}told/?unreached=1"},
        **{
            "clinical note": f"{talk}clinical-note/",
            "who looked": f"{records[1].case.get_absolute_url()}access/",
        },
        **{"checks": "/checks/", "named without consent": "/checks/named-without-consent/"},
        "unusual readings": f"/checks/readings/?week={timezone.localdate()}",
        **{
            "passed on": "/passed-on/",
            "passed on reference": f"/passed-on/{passed_on(cast, make, records[0])}/",
        },
        **{"case": records[1].case.get_absolute_url(), "no-names case": records[5].case.get_absolute_url()},
        **{"plan": plan, "plan change": f"{plan}edit/", "history": f"{plan}history/"},
        **{"review": f"{plan}review/", "plan add": f"{no_names}plan/", "plan check": f"{draft}check/"},
        **{"plan waiting": waiting, "plan sent": f"{waiting}sent/", "plan agree": f"{waiting}agree/"},
        **{"school": school, "school consultations": f"{school}consultations/"},
        **{"school plans": f"{school}plans/", "visits": f"{school}visits/", "people": f"{school}people/"},
        **{"person add": f"{school}people/add/", "person change": person, "person leave": f"{person}leave/"},
    }
