"""The evidence pack for a request for an education, health and care plan: all cycles of a case.

It is made of what is shared with the school. No text of a consultation, no clinical note and nothing of
safeguarding is read for it: of consultations it counts how many there were and how long they took.
"""

from dataclasses import dataclass

from consultations.models import Consultation, Paper
from consultations.services import NewPaper
from schools.models import CalendarPeriod
from web.papers.blocks import as_json

from . import evidence_sections, evidence_tables
from .shared import SharedWithSchool

SECTIONS = [
    evidence_sections.title_block,
    evidence_sections.what_this_is,
    evidence_tables.cycles,
    evidence_tables.hours,
    evidence_sections.tried,
    evidence_tables.goals,
    evidence_tables.reviews,
    evidence_sections.views,
    evidence_tables.meetings,
    evidence_sections.notes,
    evidence_sections.who_holds_this,
]


@dataclass(frozen=True)
class EvidenceFacts:
    """`talks` are (when, minutes) of each consultation, `terms` the terms of the school's calendar."""

    case: object
    shared: SharedWithSchool
    talks: list
    terms: list


def evidence_blocks(shared):
    case = shared.case
    terms = CalendarPeriod.objects.of(case.partnership).filter(kind=CalendarPeriod.Kind.TERM)
    facts = EvidenceFacts(
        case=case,
        shared=shared,
        talks=list(Consultation.objects.time_given(shared.role, case)),
        terms=list(terms.order_by("first_on", "pk")),
    )
    return [block for section in SECTIONS for block in section(facts)]


def evidence_pack(case, role, on):
    """What would be handed out on the day `on`. Whoever makes it, the same."""
    shared = SharedWithSchool(case, role, on)
    return NewPaper(
        kind=Paper.Kind.EVIDENCE,
        audience=Paper.Audience.SCHOOL,
        title=f"Evidence pack, case {case.reference}",
        blocks=as_json(evidence_blocks(shared)) if shared.shares else [],
        shares=shared.shares,
    )
