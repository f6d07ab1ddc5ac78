"""Work at Quillbrook that puts something on every page, and which pages each person has."""

from uuid import uuid4

from django.utils import timezone

from consultations.models import Share
from consultations.services import give_plan_to_reader, hand_to_parents, keep_draft, share_consultation
from tests.records import named_child, no_names_child, whole_class

READING = ["plans", "plan", "plan waiting", "history", "case", "shared", "copy"]
AT_SCHOOL = ["school", "school consultations", "school plans", "visits"]
WRITES_PEOPLE = ["people", "person add", "person change", "person leave"]
OWN = ["role", "password", "ways", "app", "passkey add", "sessions"]
LIBRARY = ["library", "strategy"]
C1_TO_C8 = [
    *("today", "visit", "visit add", "consultation", "consultation change", "told", "tell", "draft discard"),
    *(
        "share",
        "share recall",
        "plan add",
        "plan change",
        "plan check",
        "plan sent",
        "review",
        "visit finish",
    ),
]
PAGES_OF = {
    "priya": [*C1_TO_C8, "schools", "no-names case", *READING, *AT_SCHOOL, *WRITES_PEOPLE, *OWN],
    "sam": [
        *("needs doing", "copy for parents", "plan agree", "review", "readers", "give", "visits"),
        *READING,
        *WRITES_PEOPLE,
    ],
    "tess": ["carrying out list", "carrying out", "carrying out ended"],
    "kit": ["overview"],
    "ruth": ["schools", "visit", "consultation", "people", *READING, *AT_SCHOOL],
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
    ended = make.plan("agreed", consultation=make.consultation(visit=visit))
    for given in (plan, ended):
        give_plan_to_reader(given, cast.tess, by=cast.sam, at=timezone.now())
    make.review(ended, overall="finished")

    def other(about):
        return make.consultation(visit=visit, about=about, next_step="start_plan")

    share_consultation(talk, by=cast.priya, at=timezone.now(), opened_version=talk.version)
    handed = {"on": timezone.localdate(), "by": cast.sam, "at": timezone.now()}
    hand_to_parents(plan.versions.get(), to="Robin's mother", **handed)
    draft = make.plan("draft", consultation=other(named_child(first_name="Ivy")))
    waiting = make.plan("sent", consultation=other(named_child(first_name="Ned")))
    other(whole_class())
    no_names = other(no_names_child())
    return visit, talk, plan, draft, waiting, no_names, ended, half_written(cast, visit)


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


def shares(talk):
    note = Share.objects.get(consultation__isnull=False).get_absolute_url()
    copy = Share.objects.get(audience="parents").get_absolute_url()
    return {"share": f"{talk}share/", "shared": note, "share recall": f"{note}recall/", "copy": copy}


def addresses(cast, make, library):
    """The address of each page by the names above."""
    records = work_at_quillbrook(cast, make)
    discard = records[-1].key
    visit, talk, plan, draft, waiting, no_names, ended = (
        record.get_absolute_url() for record in records[:-1]
    )
    school = f"/schools/{cast.quillbrook.school.urn}/"
    person = f"{school}people/{cast.quillbrook.people.first().pk}/"
    return {
        **{"today": "/today/", "needs doing": "/needs-doing/", "schools": "/schools/", "plans": "/plans/"},
        **{"role": "/role/", "password": "/account/password/change/", "library": "/library/"},
        **{"ways": "/account/ways/", "app": "/account/app/", "passkey add": "/account/passkeys/add/"},
        "sessions": "/account/sessions/",
        "strategy": next(iter(library.values())).url,
        **{"visit": visit, "visit add": f"{visit}add/", "visit finish": f"{visit}finish/"},
        "draft discard": f"/drafts/{discard}/discard/",
        **shares(talk),
        **{"consultation": talk, "consultation change": f"{talk}edit/"},
        **{"told": f"{talk}told/", "tell": f"{talk}told/?told=1"},
        **{"case": records[1].case.get_absolute_url(), "no-names case": records[5].case.get_absolute_url()},
        **{"plan": plan, "plan change": f"{plan}edit/", "history": f"{plan}history/"},
        "copy for parents": f"{plan}copy-for-parents/",
        **{"review": f"{plan}review/", "plan add": f"{no_names}plan/", "plan check": f"{draft}check/"},
        **{"readers": f"{plan}readers/", "give": f"{waiting}readers/"},
        **{"carrying out list": "/carrying-out/", "overview": "/overview/"},
        "carrying out": plan.replace("/plans/", "/carrying-out/"),
        "carrying out ended": ended.replace("/plans/", "/carrying-out/"),
        **{"plan waiting": waiting, "plan sent": f"{waiting}sent/", "plan agree": f"{waiting}agree/"},
        **{"school": school, "school consultations": f"{school}consultations/"},
        **{"school plans": f"{school}plans/", "visits": f"{school}visits/", "people": f"{school}people/"},
        **{"person add": f"{school}people/add/", "person change": person, "person leave": f"{person}leave/"},
    }
