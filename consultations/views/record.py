"""No double entry: texts to paste into the trust's own record system, and which of them are there."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.access import ButtonView, LogsReading, PolicyMixin, posted_number
from accounts.services import log_readings
from consultations import policies, services
from consultations.models import Case
from consultations.record_entries import entries_of, still_to_copy, visits_to_copy
from schools.models import Visit
from web.keyset import oldest_page

from .visits import VisibleVisits

PAGE = 25


class RecordList(PolicyMixin, TemplateView):
    """What is not copied yet, the oldest visit first."""

    policy = policies.can_copy_to_record
    template_name = "consultations/record_list.html"

    def get_context_data(self, **kwargs):
        visits = visits_to_copy(self.role, self.today)
        page = oldest_page(visits, self.request.GET, PAGE, by="planned_start_at")
        return super().get_context_data(page=page, visits=still_to_copy(self.role, page.rows), **kwargs)


class VisitRecord(LogsReading, VisibleVisits, PolicyMixin, TemplateView):
    """The texts of one visit, one for each child who was talked about by name."""

    policy = policies.can_copy_to_record
    template_name = "consultations/visit_record.html"

    def get_visible(self):
        return super().get_visible().annotate(talks_in_all=Count("consultations"))

    def get(self, request, *args, **kwargs):
        why = self.why_not()
        if why:
            messages.warning(request, why)
            return HttpResponseRedirect(self.record.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def why_not(self):
        if not self.record.finished_at:
            return "Finish the visit first. Then there are texts to copy."
        return "" if self.record.outcome == Visit.Outcome.DONE else "This visit did not take place."

    @cached_property
    def entries(self):
        return entries_of(self.record, self.role)

    def log(self):
        """A reading of each case whose text is on the page."""
        door, cases = self.request.resolver_match.view_name, [entry.case for entry in self.entries]
        log_readings(cases, role=self.role, record=self.record, door=door, at=timezone.now())

    def get_context_data(self, **kwargs):
        with_text = sum(len(entry.talks) for entry in self.entries)
        without = self.record.talks_in_all - with_text
        return super().get_context_data(entries=self.entries, without_text=without, **kwargs)


class RecordButton(VisibleVisits, ButtonView):
    """About one case of a visit, which the form names."""

    policy = policies.can_copy_to_record

    @property
    def case(self):
        cases = Case.objects.visible_to(self.role).filter(partnership=self.record.partnership)
        found = cases.filter(pk=posted_number(self.request, "case") or 0).first()
        if found is None:
            raise ValidationError(services.NOT_IN_A_RECORD)
        return found

    def get_return_url(self):
        return reverse("consultations:visit-record", args=[self.record.reference])


class RecordCopied(RecordButton):
    def press(self, visit):
        case, seen = self.case, self.request.POST.get("seen", "")
        services.mark_as_copied(visit, case, by=self.request.user, at=timezone.now(), seen=seen)
        return f"{case.full_name}: copied to our record system."


class RecordUndo(RecordButton):
    def press(self, visit):
        case = self.case
        services.undo_copied(visit, case, by=self.request.user, at=timezone.now())
        return f"{case.full_name}: not copied. It is listed again."
