"""What happened at a school: one case for each share state, in the words of the matrix."""

from dataclasses import replace
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.services import invite, log_reading
from consultations.models import Consultation, Purpose
from consultations.services import (
    NewCase,
    NewConsent,
    ask_for_change,
    mark_as_copied,
    move_case,
    recall_share,
    record_consent,
    stamp_of,
    withdraw_consent,
)
from schools.services import close_visit
from tests.cast import role_of
from tests.plans import newest
from tests.records import minutes

from .desk import Desk


def never_shared(desk):
    for about in (desk.child("never shared"), desk.group("never shared")):
        desk.move(desk.talk(about).case, "parents_involved", "never shared")
    talk = desk.talk(desk.child("plan in draft"), plan="plan in draft")
    desk.draft_plan(talk, "plan in draft")
    desk.assess(talk.case, "plan in draft")
    return talk


def sent(desk):
    desk.send(desk.draft_plan(desk.talk(desk.child("plan sent"), plan="plan sent"), "plan sent"))
    version = desk.send(desk.draft_plan(desk.talk(desk.child("sent back"), plan="sent back"), "sent back"))
    change = desk.word("PlanVersion.change_asked", "sent back")
    ask_for_change(version, by=desk.link, at=desk.at, change=change, opened_version=version.version)


def sent_and_taken_back(desk):
    """Never agreed; and in place of one that is in force."""
    talk = desk.talk(desk.child("sent, taken back"), plan="sent, taken back")
    desk.take_back_sent(desk.send(desk.draft_plan(talk, "sent, taken back")))
    plan = desk.agreed_plan(desk.talk(desk.child("agreed"), plan="agreed"), "agreed")
    desk.take_back_sent(desk.send(desk.next_draft(plan, "next taken back")))


def changed_by_the_school(desk):
    """It waits for the clinician; another was not agreed."""
    for answered in (False, True):
        plan = desk.agreed_plan(desk.talk(desk.child("agreed"), plan="agreed"), "agreed")
        version = desk.school_change(plan, "changed by the school")
        if answered:
            change = desk.word("PlanVersion.change_asked", "changed by the school")
            opened = {"opened_version": version.version}
            ask_for_change(version, by=desk.clinician, at=desk.at, change=change, **opened)


def agreed(desk):
    """Agreed and given to nobody, with a copy for parents."""
    plan = desk.agreed_plan(desk.talk(desk.child("agreed"), plan="agreed"), "agreed")
    desk.review(plan, "agreed")
    desk.hand_over(newest(plan), "agreed")
    desk.go_further(plan, "agreed")
    desk.make_papers(plan.case)
    leave_withdrawn(desk)
    desk.next_draft(plan, "next in draft")
    return plan


def leave_withdrawn(desk):
    """Referred, and the consent to that withdrawn; the plan stays shared."""
    case = desk.agreed_plan(desk.talk(desk.child("agreed"), plan="agreed"), "agreed").case
    desk.refer(case, "leave withdrawn")
    consent = case.consents.get(purpose=Purpose.REFER_ON)
    common = {"by": desk.clinician, "at": desk.at, "withdrawn_on": desk.today}
    withdraw_consent(consent, opened_version=consent.version, **common)


def given(desk, reader):
    """Given to somebody who carries it out: by name, without one, and one that was changed since."""
    for about in (desk.child("given"), desk.group("given")):
        plan = desk.agreed_plan(desk.talk(about, plan="given"), "given")
        desk.give(plan, reader)
        desk.review(plan, "given", "some_progress")
        desk.check_in(plan, reader)
    talk = desk.talk(desk.child("given"), plan="given")
    plan = desk.agreed_plan(talk, "replaced")
    desk.give(plan, reader)
    desk.agree(desk.send(desk.next_draft(plan, "given")))
    desk.make_papers(plan.case)


def taken_back(desk, reader):
    plan = desk.agreed_plan(desk.talk(desk.child("taken back"), plan="taken back"), "taken back")
    desk.give(plan, reader)
    desk.take_back(plan, reader)
    plan = desk.agreed_plan(desk.talk(desk.child("ended"), plan="ended"), "ended")
    desk.give(plan, reader)
    desk.review(plan, "ended", "finished")


def notes(desk):
    """A text for the school that was edited since, and one recalled beside a plan that is open."""
    talk = desk.talk(desk.child("note shared"), "note shared", plan="never shared")
    desk.share(talk)
    desk.make_papers(talk.case)
    desk.rewrite(talk, "edited since")
    talk = desk.talk(desk.child("agreed"), "note recalled alone", plan="agreed")
    note = desk.share(talk)
    desk.agreed_plan(talk, "agreed")
    desk.make_papers(talk.case)
    recall_share(note, by=desk.clinician, at=desk.at)


def all_shared(desk, state, reader, **consent):
    """Everything there is to share of a child: a text, a plan, its reader, a review, a copy for parents."""
    talk = desk.talk(desk.child(state, **consent), state)
    desk.share(talk)
    plan = desk.agreed_plan(talk, state)
    desk.give(plan, reader)
    desk.review(plan, state)
    desk.hand_over(newest(plan), state)
    desk.go_further(plan, state)
    desk.make_papers(plan.case)
    return plan


def closed(desk, reader, another):
    recalled = all_shared(desk, "recalled", reader)
    for share in recalled.case.shares.exclude(audience="parents"):
        share.refresh_from_db()
        if not share.closed_at:
            recall_share(share, by=desk.clinician, at=desk.at)
    plan = all_shared(desk, "consent withdrawn", reader)
    consent = plan.case.consents.get(purpose=Purpose.DISCUSS_BY_NAME)
    common = {"by": desk.clinician, "at": desk.at, "withdrawn_on": desk.today}
    withdraw_consent(consent, opened_version=consent.version, **common)
    plan = all_shared(desk, "consent refused", another)
    desk.check_in(plan, another)
    refuse(desk, plan.case, "consent refused")


def handed_while_closed(desk):
    """A clinician hands the plan to parents, closed to the school as it is; a note of the case is open to it.

    It was recalled, or the consent was withdrawn and given again.
    """
    for state in ("handed after recall", "handed after withdrawal"):
        talk = desk.talk(desk.child("note shared"), "note shared", plan=state)
        plan = desk.agreed_plan(talk, state)
        if state == "handed after recall":
            recall_share(plan.shares.get(audience="link_staff"), by=desk.clinician, at=desk.at)
        else:
            withdraw_and_give_again(desk, plan.case)
        desk.share(talk)
        desk.hand_over(newest(plan), state, by=desk.clinician)
        desk.make_papers(plan.case)


def withdraw_and_give_again(desk, case):
    consent = case.consents.get(purpose=Purpose.SHARE_PLAN)
    common = {"by": desk.clinician, "at": desk.at, "withdrawn_on": desk.today}
    withdraw_consent(consent, opened_version=consent.version, **common)
    again = NewConsent("parent", "phone", desk.today, purposes=(Purpose.SHARE_PLAN,))
    record_consent(case, again, by=desk.clinician, on=desk.today)


def refuse(desk, case, state):
    because = desk.word("Consent.refused_because", state)
    no = NewConsent(
        *("parent", "phone", desk.today),
        purposes=(Purpose.DISCUSS_BY_NAME, Purpose.SHARE_PLAN),
        answer="refused",
        refused_because=because,
    )
    record_consent(case, no, by=desk.clinician, on=desk.today)


def run_out(desk, reader):
    """Four days ago, on a consent whose last day was yesterday, or that a newer answer made end so soon."""
    until = timezone.localdate() - timedelta(days=1)
    all_shared(desk, "consent run out", reader, given_on=desk.today, until=until)
    plan = all_shared(desk, "consent run out", reader)
    shorter = NewConsent("parent", "phone", desk.today, until=until)
    record_consent(plan.case, shorter, by=desk.clinician, on=desk.today)


def matters(desk, lead_person):
    desk.talk(desk.child("matter open"), risk="to_tell")
    for state, person in (("matter told", lead_person), ("told to another", desk.person)):
        told = desk.texts("SafeguardingMatter", ["told_name", "school_reference"], state)
        told |= {"told_person": person, "told_at": desk.at, "how": "phone"}
        desk.talk(desk.child(state), risk="told", told=told)


def could_not_wait(desk, lead):
    reason = desk.word("Consent.reason", "never shared")
    child = desk.child("never shared")
    consent = NewConsent("could_not_wait", reason=reason, given_on=None)
    talk = desk.talk(replace(child, consent=consent))
    why = desk.word("Reading.reason", "never shared")
    door = {"door": "consultations:case", "at": desk.at, "record": talk.case}
    log_reading(talk.case, role=role_of(lead), reason=why, **door)


def invited(desk, link):
    """A colleague and somebody who will carry plans out, asked by link staff of the school."""
    for kind in ("link_staff", "plan_reader"):
        names = desk.texts("Invitation", ["email", "first_name", "last_name", "job"], "at the school")
        names["email"] += "@school.example"
        invite(role_of(link), kind=kind, place=desk.partnership, at=desk.at, **names)


def half_written(desk, clinician, link):
    """Forms as far as they were typed."""
    desk.keep(clinician, "consultation", f"/visits/{desk.visit.reference}/add/", visit=desk.visit)
    plan = desk.agreed_plan(desk.talk(desk.child("agreed"), plan="agreed"), "agreed")
    desk.keep(link, "review", reverse("consultations:plan-review", args=[plan.reference]), case=plan.case)


def moved(desk, to, place, by):
    """A child comes to another school, with a note. Both schools know the name, so it is no marker.

    `by` works at neither any more: who wrote the note may read it while they work at the first.
    """
    consent = NewConsent("parent", "phone", desk.today)
    child = NewCase("child", first_name="Wren", last_name="Halloway", year_group=6, consent=consent)
    note = desk.words.new("CaseHandover.text", place, "never shared")
    at = {"by": by, "on": desk.today, "at": desk.at}
    return move_case(desk.talk(child).case, to, consent, note=note, **at)


def went_home(desk):
    """The visit is finished: its time is drawn from the pot, and its consultations hang on that line.
    One of them is copied to the trust's record."""
    at = desk.visit.planned_end_at
    times = {"at": at, "ended_at": at, "opened_version": desk.visit.version}
    close_visit(desk.visit, by=desk.clinician, minutes=minutes(with_staff=90), **times)
    case = desk.visit.consultations.earliest("pk").case
    talks = Consultation.objects.filter(visit=desk.visit, case=case).to_copy().order_by("held_at", "pk")
    mark_as_copied(desk.visit, case, by=desk.clinician, at=desk.at, seen=stamp_of(talks))


def earlier(words, place, partnership, clinician, link):
    """The desk of four days ago."""
    return Desk(words, place, partnership, clinician, link, at=timezone.now() - timedelta(days=4))
