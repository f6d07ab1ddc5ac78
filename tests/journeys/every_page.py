"""Which pages each person has, and where they are."""

from django.utils import timezone

from resources.models import TopicPage
from tests.accounts.to_open import half_a_plan
from tests.records import saved_pattern

from . import time_pages
from .work_at_quillbrook import (
    CASE_PAPERS,
    papers,
    passed_on,
    requests_of,
    shares,
    stuck_and_referred,
    users_of_the_service,
    work_at_quillbrook,
)

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
