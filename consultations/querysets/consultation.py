from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet
from schools.querysets import partnerships_open_to

from .record_copy import plan_in_text, talked_next_at
from .share import open_shares

Kind = RoleRow.Kind


class ConsultationQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians and their lead. Nothing of a consultation is shared with a school by itself."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "partnership__"))
        return self.none()

    def time_given(self, role, case):
        """(when it was held, its minutes) of each about a case that the school knows of, the oldest first.

        Numbers, and no row. The school knows of those that somebody of it took part in, and of those whose
        note is open to it: the same ones whoever counts.
        """
        people = apps.get_model("consultations.ConsultationPerson").objects
        was_there = Exists(people.filter(consultation=OuterRef("pk"), person__isnull=False))
        known = was_there | Exists(open_shares("link_staff", consultation=OuterRef("pk")))
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD | Kind.LINK_STAFF:
                here = self.filter(known, partnerships_open_to(role, "partnership__"), case=case)
                return here.order_by("held_at", "pk").values_list("held_at", "minutes")
        return self.none().values_list("held_at", "minutes")

    def for_the_trust(self):
        """About a child by name, of a visit that took place and is finished. These alone can stand in the
        trust's own record, where a contact belongs to somebody who is identified."""
        return self.filter(case__lane="named", visit__outcome="done")

    def with_plan_in_text(self):
        """Adds `plan_in_text`, the key of the version of a plan that goes with each into the trust's record;
        0 where none does."""
        return self.annotate(talked_next_at=talked_next_at()).annotate(plan_in_text=plan_in_text())

    def to_copy(self):
        """Those of them that are not in the trust's own record as they are now."""
        copies = apps.get_model("consultations.RecordCopy").objects
        return self.for_the_trust().with_plan_in_text().exclude(copies.as_it_is())

    def for_list(self):
        """What one line or card shows, in two queries whatever the number."""
        themes = apps.get_model("consultations.ConsultationTheme").objects.select_related("theme")
        return self.with_place().prefetch_related(Prefetch("theme_rows", themes)).order_by("-held_at", "-pk")

    def with_place(self):
        return self.select_related("case", "visit", "partnership__school", "author")


class ClinicalNoteQuerySet(TrackedQuerySet):
    def visible_to(self, role, reason=""):
        """Clinicians of the partnership; their lead never without a reason, which none but
        `services.open_clinical_note` gives here, because it writes the reading down with it."""
        match role.kind:
            case Kind.CLINICIAN:
                return self.filter(partnerships_open_to(role, "consultation__partnership__"))
            case Kind.SERVICE_LEAD if reason.strip():
                return self.filter(partnerships_open_to(role, "consultation__partnership__"))
        return self.none()

    def is_there(self, consultation):
        """Whether a consultation has one. The note itself is not read."""
        return self.filter(consultation=consultation).exists()
