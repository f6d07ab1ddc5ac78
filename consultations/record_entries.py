"""What goes to the trust's own record system: read in a fixed number of queries."""

from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import RoleRow
from consultations.models import ClinicalNote, Consultation, PlanVersion, Share
from consultations.record_text import record_text, starts_at
from consultations.services import stamp_of
from schools.models import Visit


@dataclass
class RecordEntry:
    """The consultations about one case at one visit, the earliest first, and their text."""

    case: object
    talks: list
    notes: dict = field(default_factory=dict)
    plan: PlanVersion | None = None
    shares: list = field(default_factory=list)

    @property
    def text(self):
        return record_text(self.case, self.talks, notes=self.notes, plan=self.plan, shares=self.shares)

    @property
    def stamp(self):
        return stamp_of(self.talks)

    @property
    def copies(self):
        """What is said of it and was not taken back."""
        found = [getattr(talk, "record_copy", None) for talk in self.talks]
        return [copy for copy in found if copy and not copy.undone_at]

    @property
    def last_copy(self):
        return max(self.copies, key=lambda copy: copy.copied_at, default=None)

    @property
    def to_copy(self):
        return len(self.copies) < len(self.talks) or bool(self.changed) or self.has_new_plan

    @property
    def changed(self):
        """Consultations that were changed since they were copied."""
        return [copy.consultation for copy in self.copies if copy.consultation_version != copy.consultation.version]

    @property
    def has_new_plan(self):
        """Whether another plan is in force than the one that was copied."""
        return any((copy.plan_version_id or 0) != copy.consultation.plan_in_text for copy in self.copies)

    @property
    def same_start(self):
        """Times at which more than one of them begins: in the national data set two of these are one."""
        starts = [(timezone.localdate(talk.held_at), starts_at(talk)) for talk in self.talks]
        return sorted({time for day, time in starts if starts.count((day, time)) > 1})


def talks_to_show(role):
    """Consultations as an entry needs them: with their copy, and with the plan that goes with each."""
    talks = Consultation.objects.visible_to(role).with_plan_in_text()
    related = ("record_copy__copied_by", "safeguarding", "case")
    return talks.select_related(*related).order_by("held_at", "pk")


def entries_of(visit, role):
    """Everything of a finished visit that goes to the trust's record, by case, the earliest first."""
    read = Consultation.objects.for_list().query.select_related
    talks = talks_to_show(role).for_the_trust().filter(visit=visit)
    return read, talks
