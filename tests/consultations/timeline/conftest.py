"""A case in which everything happened."""

import pytest
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import (
    CheckIn,
    Paper,
    PaperShare,
    ParentsMeeting,
    Purpose,
    Referral,
    ReferralUpdate,
    StageMove,
)
from consultations.services import hand_to_parents, recall_share, share_consultation
from tests.consents import answer, refuse


@pytest.fixture
def full(make_consultation, make_plan, make_review, priya, sam, tess, today):
    """A case in which everything happened once that a timeline shows."""
    now = timezone.now()
    talk = make_consultation(clinical_note="canary-note")
    case = talk.case
    plan = make_plan("agreed", consultation=talk)
    version = plan.versions.get()
    make_review(plan, note="Mondays are hard.")
    note = share_consultation(talk, by=priya, at=now, opened_version=talk.version)
    hand_to_parents(version, to="Robin's mother", on=today, by=sam, at=now)
    wrote = {"written_at": now, "written_by": priya}
    check_in = CheckIn(plan=plan, plan_version=version, answered_by=tess, answered_at=now)
    meeting = ParentsMeeting(plan=plan, held_on=today, who_came="Both parents", agreed="Meet again.", **wrote)
    move = StageMove(
        case=case, stage="parents_involved", moved_on=today, reason="No headway", decided_by="Priya", **wrote
    )
    referral = Referral(case=case, to="Speech therapy", made_on=today, due_on=today, **wrote)
    for record in (check_in, meeting, move, referral):
        save_tracked(record, by=record.answered_by if record is check_in else priya, reason="Written")
    heard = ReferralUpdate(referral=referral, status="accepted", heard_on=today, feedback="A wait.", **wrote)
    made = {"title": "Plan", "blocks": [{"kind": "text"}], "made_at": now, "made_by": priya}
    about = {"case": case, "plan": plan, "plan_version": version, "from_whom": "Willowmere"}
    paper = Paper(service=plan.partnership.service, number=1, kind="plan", audience="school", **about, **made)
    for record in (heard, paper):
        save_tracked(record, by=priya, reason="Written")
    rests_on = version.shares.filter(audience="link_staff").get()
    save_tracked(PaperShare(paper=paper, share=rests_on), by=priya, reason="Written")
    answer(case, Purpose.REFER_ON, by=priya)
    refuse(case, Purpose.OBSERVE, by=priya)
    recall_share(note, by=priya, at=timezone.now())
    return case
