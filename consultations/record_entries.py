"""What goes to the trust's own record system, read in a fixed number of queries."""

from dataclasses import dataclass, field

from django.db.models import CharField, Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone

from accounts.models import RoleRow
from consultations.models import Case, ClinicalNote, Consultation, PlanVersion, Share
from consultations.record_text import record_text, starts_at
from consultations.services import stamp_of
from schools.models import Visit


@dataclass
class RecordEntry:
    """The consultations about one case at one visit, the earliest first, and their text."""

    case: Case
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
    def copied(self):
        """(consultation, its copy) of each that is said to be there."""
        pairs = [(talk, getattr(talk, "record_copy", None)) for talk in self.talks]
        return [(talk, copy) for talk, copy in pairs if copy and not copy.undone_at]

    @property
    def last_copy(self):
        return max((copy for _, copy in self.copied), key=lambda copy: copy.copied_at, default=None)

    @property
    def changed(self):
        """Those that were changed since they were copied."""
        return [talk for talk, copy in self.copied if copy.consultation_version != talk.version]

    @property
    def has_new_plan(self):
        """Whether a plan was agreed that goes with them, since they were copied."""
        return any((copy.plan_version_id or 0) != talk.plan_in_text for talk, copy in self.copied)

    @property
    def to_copy(self):
        return len(self.copied) < len(self.talks) or bool(self.changed) or self.has_new_plan

    @property
    def same_start(self):
        """Times at which more than one of them begins: in the national data set two of these are one."""
        starts = [(timezone.localdate(talk.held_at), starts_at(talk)) for talk in self.talks]
        return sorted({start for start in starts if starts.count(start) > 1})


def entries_of(visit, role):
    """What of a finished visit goes to the trust's record: by case, in the order of the morning."""
    talks = Consultation.objects.visible_to(role).for_the_trust().filter(visit=visit)
    talks = with_copies(talks.with_plan_in_text().for_list())
    talks = list(talks.prefetch_related("people", "tried"))
    notes = ClinicalNote.objects.visible_to(role).filter(consultation__in=talks)
    plans = PlanVersion.objects.visible_to(role).filter(pk__in={talk.plan_in_text for talk in talks})
    plans = {version.pk: version for version in plans.with_content().select_related("plan")}
    shares = Share.objects.visible_to(role).filter(consultation__in=talks, audience="link_staff")
    shares = list(shares.for_list())
    entries = by_case(talks)
    for entry in entries:
        entry.notes = {note.consultation_id: note for note in notes}
        entry.plan = plans.get(entry.talks[-1].plan_in_text)
        entry.shares = [share for share in shares if share.case_id == entry.case.pk]
    return entries


def with_copies(talks):
    """Whether a matter was told is read along: whoever is shown a text may read it."""
    related = ("case", "record_copy__copied_by", "safeguarding")
    return talks.select_related(*related).order_by("held_at", "pk")


def by_case(talks):
    found = {}
    for talk in talks:
        found.setdefault(talk.case_id, RecordEntry(talk.case, [])).talks.append(talk)
    return list(found.values())


def visits_to_copy(role, today):
    """Finished visits, of which something is not in the trust's record as it is now. See `left_to`."""
    talks = Consultation.objects.visible_to(role).filter(visit=OuterRef("pk")).to_copy()
    visits = Visit.objects.visible_to(role).filter(left_to(role, today), Exists(talks))
    return visits.select_related("partnership__school")


# A text is about one case of one visit.
TEXTS = Count(Concat("visit_id", Value(" "), "case_id", output_field=CharField()), distinct=True)


def cases_to_copy(role, today):
    """How many texts wait."""
    return to_copy(role, today).aggregate(texts=TEXTS)["texts"]


def to_copy(role, today):
    """Consultations of which the text waits to be copied."""
    return Consultation.objects.visible_to(role).filter(left_to(role, today, "visit__")).to_copy()


def still_to_copy(role, visits):
    """[(visit, its entries that wait)], in the order given. The texts themselves are not read."""
    talks = Consultation.objects.visible_to(role).filter(visit__in=visits).to_copy()
    entries = by_case_of_visit(with_copies(talks))
    return [(visit, entries.get(visit.pk, [])) for visit in visits]


def by_case_of_visit(talks):
    visits = {}
    for talk in talks:
        visits.setdefault(talk.visit_id, []).append(talk)
    return {visit: by_case(own) for visit, own in visits.items()}


def left_to(role, today, path=""):
    """A condition on visits: of this clinician, or of one who is not linked to that school any more, so that
    what somebody left behind is on the list of those who are."""
    links = RoleRow.objects.current(today).filter(
        kind=RoleRow.Kind.LINK_CLINICIAN,
        person=OuterRef(f"{path}clinician"),
        partnership=OuterRef(f"{path}partnership"),
    )
    return Q(**{f"{path}clinician": role.person_id}) | ~Exists(links)
