"""C12: pass a visit to a colleague."""

from datetime import timedelta
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.access import as_uuid
from accounts.models import RoleRow
from accounts.services import used_form_key
from consultations.forms import CoverVisitForm
from schools import policies as school_policies
from schools.services import Clash, calendar_of, cover_visit, linked_until, who_can_cover, why_closed
from schools.views.clashes import clash_in_words
from web.words import longdate

from .visit_changes import ChangesVisit


class VisitCover(ChangesVisit):
    policy = school_policies.can_move
    form_class = CoverVisitForm
    page_title, submit_label = "Pass a visit on", "Pass the visit on"
    said = (
        "The clinician who makes the visit and the link staff of the school are told by e-mail. "
        "The visit uses the same time as before."
    )

    def post(self, request, *args, **kwargs):
        """The second press finds the visit passed on by the first, and nobody to choose: answered unread."""
        used = used_form_key(as_uuid(request.POST.get("form_key")) or uuid4())
        if used and self.is_same(used):
            return HttpResponseRedirect(used.led_to)
        return super().post(request, *args, **kwargs)

    @cached_property
    def colleagues(self):
        return who_can_cover(self.role, self.record)

    def refusal(self):
        begun = "This visit has begun." if self.record.started_at else ""
        return super().refusal() or begun or self.closed() or self.nobody()

    def closed(self):
        """The calendar changed since it was booked: nobody is sent to a closed school."""
        day = timezone.localdate(self.record.planned_start_at)
        why = why_closed(calendar_of(self.record.partnership), day) if day >= self.today else ""
        return f"{why}. Move or cancel the visit instead." if why else ""

    def nobody(self):
        if self.colleagues:
            return ""
        if self.role.kind == RoleRow.Kind.SERVICE_LEAD:
            return "There is no other clinician in the service."
        return "No other clinician is linked to this school. Your service lead can choose somebody else."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"colleagues": self.colleagues, "sees_until": self.sees_until()}

    def sees_until(self):
        return linked_until(self.record) - timedelta(days=1)

    def save(self, form):
        why = self.refusal()
        if why:
            raise ValidationError(why)
        to, signed = form.chosen(), {"at": timezone.now(), "opened_version": self.opened_version}
        try:
            visit = cover_visit(self.role, self.record, to=to, reason=form.cleaned_data["reason"], **signed)
        except Clash as clash:
            words = clash_in_words(self.role, to, clash.visit)
            raise ValidationError({"to": f"{words}. Choose somebody else"}) from None
        return self.done_url(), f"The visit on {longdate(visit.planned_start_at)} is now with {to}."

    def get_context_data(self, **kwargs):
        return super().get_context_data(said=self.said, **kwargs)
