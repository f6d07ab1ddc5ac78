"""Work at Quillbrook that puts something on every page."""

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
from tests.cast import role_of
from tests.consents import answer, assess, refuse
from tests.records import named_child, no_names_child, whole_class

CASE_PAPERS = ["evidence", "chronology"]


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
