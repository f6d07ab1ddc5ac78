"""What there is to open at Quillbrook besides the cases, for the access table."""

from datetime import date
from uuid import uuid4

from django.utils import timezone

from accounts.models import RoleRow
from consultations.models import Purpose
from consultations.papers.evidence import evidence_pack
from consultations.services import (
    NewRequest,
    ask_to_discuss,
    hand_out,
    keep_draft,
    make_referral,
    record_telling,
)
from schools.models import academic_year_from
from schools.services import (
    add_period,
    ask_about,
    ask_adjustment,
    call_off_visit,
    close_visit,
    draft_agreement,
    order_time,
    record_core_offer,
    send_agreement,
)
from tests.consents import answer
from tests.records import minutes


def day_off(cast):
    """A day of the service's calendar, long past."""
    return add_period(cast.quillbrook.service, "closed", *[date(2020, 9, 1)] * 2, by=cast.ada, name="Snow")


def visits_to_change(make_visit, make_consultation):
    """One that can be cancelled or moved, one finished with a talk about a child by name, and one that
    was cancelled too late."""
    coming, charged, done = make_visit(days=2), make_visit(days=3), make_visit(started=True)
    make_consultation(visit=done)
    now = timezone.now()
    off = {"outcome": "school_cancelled", "by": charged.clinician, "at": now}
    call_off_visit(charged, opened_version=charged.version, **off)
    times = {"at": now, "ended_at": now, "opened_version": done.version}
    close_visit(done, by=done.clinician, minutes=minutes(30), **times)
    about = {"cancel": coming, "move": coming, "cover": coming}
    return about | {"waive": charged, "correct": done, "record": done}


def half_a_plan(plan, *, by):
    """A change of it that is half written."""
    place = {"kind": "plan", "partnership": plan.partnership, "case": plan.case}
    path = f"{plan.get_absolute_url()}edit/"
    return keep_draft(uuid4(), {}, by=by, path=path, at=timezone.now(), page=uuid4(), **place)


def sent_agreement(cast):
    first_on, last_on = academic_year_from(2030)
    fields = {"first_on": first_on, "last_on": last_on, "unit_price": 250}
    draft = draft_agreement(cast.quillbrook, schools=[], fields=fields, by=cast.ruth)
    return send_agreement(draft, by=cast.ruth, at=timezone.now())


def asked_adjustment(cast):
    """Asked for by another lead than Ruth, who is not of the cast."""
    first_on, last_on = academic_year_from(2030)
    days, by = {"first_on": first_on, "last_on": last_on}, {"by": cast.ada, "at": timezone.now()}
    core = record_core_offer(cast.quillbrook, granted_minutes=60, **days, **by)
    return ask_adjustment(core, partnership=cast.quillbrook, minutes=5, reason="goodwill", **by)


def ask(cast):
    new = NewRequest("Worries at the gate", "yes", year_group=4)
    return ask_to_discuss(cast.quillbrook, new, by=cast.sam, at=timezone.now())


def refer(case, *, by):
    answer(case, Purpose.REFER_ON, by=by)
    today, now = timezone.localdate(), timezone.now()
    said = {"to": "Community paediatrics", "feedback": "They were asked.", "longer_term": False}
    return make_referral(case, made_on=today, due_on=today, by=by, at=now, **said)


def paper_of(case, role):
    new = evidence_pack(case, role, timezone.localdate())
    return hand_out(case, new, by=role.person, at=timezone.now())


def tell(consultation, *, femi):
    told = {"told_name": femi.name, "told_at": timezone.now(), "how": "phone"}
    return record_telling(
        consultation.safeguarding, by=consultation.author, told_person=femi, school_reference="SG-17", **told
    )


def ordered(agreement, *, asked_by):
    """What Sam asked the head for, and his query about a line of the pot."""
    now = timezone.now()
    entry = agreement.entries.filter(partnership=agreement.payer).earliest("number")
    role = RoleRow.objects.usable(asked_by, timezone.localdate()).get()
    order = order_time(agreement, quantity=3, seen_price=None, by=asked_by, role=role, at=now)
    return order, ask_about(entry, words="Was this ours?", by=asked_by, at=now)
