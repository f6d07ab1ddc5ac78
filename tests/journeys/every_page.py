"""Work at Quillbrook that puts something on every page, and which pages each person has."""

from uuid import uuid4

from django.utils import timezone

from accounts.models import RoleRow
from accounts.services import give_role, invite, log_reading
from consultations.models import RUNS_OUT_SOON, Purpose, Share
from consultations.papers.evidence import evidence_pack
from consultations.services import (
    NewConsent,
    NewRequest,
    ask_to_discuss,
    check_in,
    give_plan_to_reader,
    hand_out,
    hand_to_parents,
    keep_draft,
    make_referral,
    record_meeting,
    record_telling,
    share_consultation,
    withdraw_request,
)
from resources.models import TopicPage
from tests.accounts.to_open import half_a_plan
from tests.cast import role_of
from tests.consents import answer, assess, refuse
from tests.records import named_child, no_names_child, saved_pattern, whole_class

from . import time_pages

READING = [
    "plans",
    "plans by review",
    "find a case",
    "plan",
    "plan waiting",
    "history",
    "version",
    "compare",
    "case",
    "shared",
    "copy",
    "who looked",
    "timeline",
]
READING += ["plan paper", "paper"]
CASE_PAPERS = ["evidence", "chronology"]
AT_SCHOOL = ["school", "school consultations", "school plans", "visits", "school time"]
WRITES_PEOPLE = ["people", "person add", "person change", "person leave"]
CONSENT = [
    "consent",
    "consent add",
    "consent withdraw",
    "competence",
    "case name",
    "case move",
    "running out",
]
OWN = ["role", "password", "ways", "app", "passkey add", "sessions"]
USERS = ["users", "user", "user close", "role give", "role end", "user invite", "audit", "emails"]
AT_S1 = ["needs doing", "request list", "request add", "copy for parents", "plan agree", "school change"]
REVIEWS = ["review", "readers", "give", "visits", "meeting add"]
INVITED = ["colleague", "plan reader"]
INVITES = ["invite colleague", "invite plan reader", "role end"]
LIBRARY = ["library", "strategy", "first response", "topic"]
C1_TO_C8 = [
    *("today", "visit", "visit add", "consultation", "consultation change", "draft discard"),
    *("told", "tell", "cannot reach", "share", "share recall"),
    "step propose",
    *("plan add", "plan change", "plan check", "plan sent", "review", "visit finish"),
    *("choose strategies", "choose for a draft", "add strategy"),
    *("pattern add", "pattern change"),
    *("visit book", "visit cancel", "visit move", "visit correct", "visit waive"),
    *("visit record", "record list"),
    *("meeting add", "case stage", "referral add", "referral update", "case referred", "plan stuck"),
    *("school changed", "answer the school", "next cycle"),
]
CHECKS = ["checks", "named without consent", "unusual readings", "clinical note"]
RULES = ["past the rule", "referrals overdue", "plan rules"]
LEADS = [
    "schools",
    "visit",
    "visit cover",
    "consultation",
    "people",
    "leaving",
    "user second step",
    "user who approves",
    "visits to decide",
]
READS_AGREEMENT = ["agreements", "agreement", "core offer"]
KEEPS_AGREEMENTS = [
    *("agreement add", "agreement draft", "agreement change", "agreement sign", "agreement end"),
    *("core offers", "adjustment ask", "money settings"),
]
PAGES_OF = {
    "priya": [*C1_TO_C8, "schools", "no-names case", *CONSENT, *READING, *AT_SCHOOL]
    + [*CASE_PAPERS, *WRITES_PEOPLE, *OWN, *READS_AGREEMENT, "calendar"],
    "sam": [*AT_S1, "calendar", "time", "outcome", *REVIEWS, "visit cancel", *READING, *CASE_PAPERS]
    + [*WRITES_PEOPLE, *INVITES, *READS_AGREEMENT, *time_pages.SENCO],
    "tess": ["carrying out list", "carrying out", "carrying out ended", "check-in"],
    "kit": ["overview"],
    "ruth": [
        *LEADS,
        "coverage",
        "clinician coverage",
        "money",
        "outcome",
        "consent",
        *READING,
        *AT_SCHOOL,
        *USERS,
        *CHECKS,
        *RULES,
    ]
    + [*READS_AGREEMENT, *KEEPS_AGREEMENTS, *time_pages.LEAD, *time_pages.KEEPS_CALENDAR],
    "femi": ["passed on", "passed on reference", "people"],
    "hana": ["time", "outcome", "visits", "people", *READS_AGREEMENT, "agreement sign"] + time_pages.HEAD,
    "edie": LIBRARY,
    "ada": [*OWN, *USERS, *time_pages.KEEPS_CALENDAR],
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
    rated = {goal: 5 for goal in plan.versions.get().goals.all()}
    make.review(plan, note="Mondays are hard.", talk_at_next_visit=True, ratings=rated)
    ended = make.plan("agreed", consultation=make.consultation(visit=visit))
    for given in (plan, ended):
        give_plan_to_reader(given, cast.tess, by=cast.sam, at=timezone.now())
    make.review(ended, overall="finished")
    told = {step: ("sometimes", "a_bit") for step in plan.versions.get().steps.all()}
    check_in(plan, told, by=cast.tess, at=timezone.now(), opened_number=1)

    say_more(talk.case, cast.priya)

    def other(about):
        return make.consultation(visit=visit, about=about, next_step="start_plan")

    share_consultation(talk, by=cast.priya, at=timezone.now(), opened_version=talk.version)
    handed = {"on": timezone.localdate(), "by": cast.sam, "at": timezone.now()}
    hand_to_parents(plan.versions.get(), to="Robin's mother", **handed)
    draft = make.plan("draft", consultation=other(named_child(first_name="Ivy")))
    waiting = make.plan("sent", consultation=other(named_child(first_name="Ned")))
    changed = make.plan("agreed", consultation=other(named_child(first_name="Ida")))
    make.school_change(changed)
    other(whole_class())
    no_names = other(no_names_child())
    return visit, talk, plan, draft, waiting, no_names, ended, changed, half_written(cast, visit)


def passed_on(cast, make, visit):
    """Something Femi was told, and a case named because it could not wait, opened late by the lead."""
    urgent = NewConsent("could_not_wait", reason="The child asked for help today.")
    talk = make.consultation(visit=visit, about=named_child(first_name="Una", consent=urgent), risk="to_tell")
    told = {"told_name": "Femi Adeyemi", "told_at": timezone.now(), "how": "phone"}
    femi = cast.quillbrook.people.get(account=cast.femi)
    log_reading(talk.case, role=role_of(cast.ruth), record=talk, door="consultations:case", at=timezone.now())
    return record_telling(talk.safeguarding, told_person=femi, by=cast.priya, **told).pk


def stuck_and_referred(cast, make, visit):
    """A plan without headway, its parents met, and a child referred whose next answer was due yesterday.

    Returns the addresses of all that.
    """
    plan = make.plan(
        "agreed", consultation=make.consultation(visit=visit, about=named_child(first_name="Wyn"))
    )
    meet = {"who_came": "Wyn's mother and the SENCO", "views": "It is calmer at home.", "agreed": "A diary."}
    now = timezone.now()
    record_meeting(plan, held_on=timezone.localdate(), by=cast.sam, at=now, **meet)
    for number in range(2):
        make.review(plan, overall="not_working", what_next="strategy" if number else "", confidence=3)
    answer(plan.case, Purpose.REFER_ON, by=cast.priya)
    told = {"to": "Community paediatrics", "feedback": "They answer within 4 weeks.", "longer_term": True}
    today = timezone.localdate()
    referral = make_referral(plan.case, made_on=today, due_on=today, by=cast.priya, at=now, **told)
    for number in range(2):
        make.review(plan, overall="not_working", what_next="parents" if number else "")
    url, case = plan.get_absolute_url(), plan.case.get_absolute_url()
    return {
        **{"plan stuck": url, "meeting add": f"{url}meeting/", "case referred": case},
        **{"case stage": f"{case}stage/", "referral add": f"{case}referral/"},
        "referral update": f"/referrals/{referral.pk}/update/",
        **{"past the rule": "/checks/headway/", "referrals overdue": "/checks/referrals/"},
        "plan rules": "/checks/rules/",
    }


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


def users_of_the_service(cast):
    """A role that waits, an invitation, and Tess whose pages they are."""
    ada, ruth = (RoleRow.objects.get(person=person) for person in (cast.ada, cast.ruth))
    now, service = timezone.now(), cast.quillbrook.service
    give_role(ada, cast.tess, RoleRow.Kind.CLINICIAN, service, start_on=timezone.localdate(), at=now)
    mel = {"email": "mel.with.a.long.name@cast.example", "first_name": "Mel", "last_name": "Garside"}
    invite(ruth, kind=RoleRow.Kind.PLAN_READER, place=cast.quillbrook, at=now, **mel)
    tess = f"/users/{cast.tess.pk}/"
    role = RoleRow.objects.get(person=cast.tess, kind=RoleRow.Kind.PLAN_READER)
    return {
        **{"users": "/users/", "user": tess, "user close": f"{tess}close/", "role give": f"{tess}give/"},
        "user second step": f"{tess}second-step/",
        **{"role end": f"/roles/{role.pk}/end/", "user invite": "/users/invite/", "audit": "/audit/"},
        "emails": "/audit/e-mails/",
        "leaving": f"/users/{cast.priya.pk}/leaving/",
        "visits to decide": "/visits-to-decide/",
        "user who approves": f"/users/{cast.hana.pk}/",
    }


def requests_of(cast):
    """Two that wait, so that each can be moved, to be phoned about; and one that was withdrawn."""
    now = timezone.now()
    more = {"tried": "A seat by the door", "how_soon": "sooner", "phone": "01632 960018"}
    new = NewRequest("A child will not come into class after lunch", "not_yet", year_group=4, **more)
    made = [ask_to_discuss(cast.quillbrook, new, by=cast.sam, at=now) for _ in range(3)]
    withdraw_request(made[0], by=cast.sam, at=now, opened_version=made[0].version)
    return {"request list": "/requests/", "request add": "/requests/add/"}


def shares(talk):
    note = Share.objects.get(consultation__isnull=False).get_absolute_url()
    copy = Share.objects.get(audience="parents").get_absolute_url()
    return {"share": f"{talk}share/", "shared": note, "share recall": f"{note}recall/", "copy": copy}


def papers(case, plan, sam):
    new = evidence_pack(case, role_of(sam), timezone.localdate())
    paper = hand_out(case, new, by=sam, at=timezone.now()).get_absolute_url()
    own = case.get_absolute_url()
    found = {name: f"{own}{name}/" for name in CASE_PAPERS}
    return found | {"plan paper": f"{plan}paper/", "paper": paper}


def addresses(cast, make, library):
    """The address of each page by the names above."""
    records = work_at_quillbrook(cast, make)
    discard = records[-1].key
    next_cycle = f"{records[6].case.get_absolute_url()}plan/"
    visit, talk, plan, draft, waiting, no_names, ended, changed = (
        record.get_absolute_url() for record in records[:-1]
    )
    school = f"/schools/{cast.quillbrook.school.urn}/"
    pattern = saved_pattern(cast.quillbrook, cast.priya).pk
    person = f"{school}people/{cast.quillbrook.people.first().pk}/"
    case, unnamed, moves = records[1].case, records[5].case.get_absolute_url(), records[4].case
    consent = f"{case.get_absolute_url()}consent/"
    carries = case.consents.get(purpose="share_plan").pk
    return {
        **{"running out": "/consents/", "record list": "/record/"},
        **{"consent": consent, "consent add": f"{consent}add/", "competence": f"{consent}competence/"},
        **{"consent withdraw": f"{consent}{carries}/withdraw/", "case name": f"{unnamed}name/"},
        **{"case move": f"{moves.get_absolute_url()}move/"},
        **{"today": "/today/", "needs doing": "/needs-doing/", "schools": "/schools/", "plans": "/plans/"},
        **{"find a case": "/cases/", "plans by review": "/plans/?order=review"},
        **{"role": "/role/", "password": "/account/password/change/", "library": "/library/"},
        **{"ways": "/account/ways/", "app": "/account/app/", "passkey add": "/account/passkeys/add/"},
        "sessions": "/account/sessions/",
        "strategy": library["small-brave-steps"].url,
        "first response": next(page for page in library.values() if page.whom_to_tell).url,
        "topic": TopicPage.objects.get().url,
        "add strategy": f"/plans/add-strategy/{next(iter(library.values())).pk}/",
        "choose strategies": f"{plan}strategies/",
        "choose for a draft": f"/plans/drafts/{half_a_plan(records[2], by=cast.priya).key}/strategies/",
        **{"visit": visit, "visit add": f"{visit}add/", "visit finish": f"{visit}finish/"},
        **time_pages.visits_that_change(cast, make),
        "visit book": f"{school}visits/book/",
        **{"pattern add": f"{school}visits/pattern/", "pattern change": f"{school}visits/pattern/{pattern}/"},
        "draft discard": f"/drafts/{discard}/discard/",
        **shares(talk),
        **papers(case, plan, cast.sam),
        **{"consultation": talk, "consultation change": f"{talk}edit/"},
        **{"told": f"{talk}told/", "tell": f"{talk}told/?told=1", "cannot reach": f"{talk}told/?unreached=1"},
        **{"clinical note": f"{talk}clinical-note/", "who looked": f"{case.get_absolute_url()}access/"},
        "timeline": f"{case.get_absolute_url()}timeline/",
        **{"checks": "/checks/", "named without consent": "/checks/named-without-consent/"},
        "unusual readings": f"/checks/readings/?week={timezone.localdate()}",
        "passed on": "/passed-on/",
        "passed on reference": f"/passed-on/{passed_on(cast, make, records[0])}/",
        **{"case": case.get_absolute_url(), "no-names case": unnamed},
        **{"plan": plan, "plan change": f"{plan}edit/", "history": f"{plan}history/"},
        **{"version": f"{plan}versions/1/", "compare": f"{changed}compare/"},
        **{"school change": f"{plan}school-change/", "school changed": changed},
        **requests_of(cast),
        "step propose": f"/steps/{records[1].case.plans.get().versions.get().steps.get().pk}/propose/",
        "next cycle": next_cycle,
        "answer the school": f"{changed}agree/",
        "copy for parents": f"{plan}copy-for-parents/",
        **{"review": f"{plan}review/", "plan add": f"{no_names}plan/", "plan check": f"{draft}check/"},
        **{"readers": f"{plan}readers/", "give": f"{waiting}readers/"},
        **{"carrying out list": "/carrying-out/", "overview": "/overview/"},
        "carrying out": plan.replace("/plans/", "/carrying-out/"),
        "check-in": plan.replace("/plans/", "/carrying-out/") + "check-in/",
        "carrying out ended": ended.replace("/plans/", "/carrying-out/"),
        **{"plan waiting": waiting, "plan sent": f"{waiting}sent/", "plan agree": f"{waiting}agree/"},
        **{"school": school, "school consultations": f"{school}consultations/"},
        **{
            "school time": f"{school}time/",
            "time": "/time/",
            "calendar address": "/calendar/address/",
            "outcome": "/time/outcome/",
            "money": "/money/",
            "coverage": "/coverage/",
            "clinician coverage": "/coverage/clinicians/",
        },
        **{"school plans": f"{school}plans/", "visits": f"{school}visits/", "people": f"{school}people/"},
        **{f"invite {who}": f"{school}people/invite-{who.replace(' ', '-')}/" for who in INVITED},
        **users_of_the_service(cast),
        **time_pages.agreements(cast),
        **time_pages.calendar_days(cast),
        **time_pages.time_pages(cast),
        **stuck_and_referred(cast, make, records[0]),
        **{"person add": f"{school}people/add/", "person change": person, "person leave": f"{person}leave/"},
    }
