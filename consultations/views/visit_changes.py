"""C12: cancel a visit, or move it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleRow, StaleVersion
from consultations import services
from consultations.forms import CancelVisitForm
from schools import consequences
from schools import policies as school_policies
from schools.forms import VisitTimesForm
from schools.models import Visit
from schools.services import CALLED_OFF, Clash
from schools.views.clashes import at_another_time
from web.words import clock, longdate

from .once import OnceForm
from .visits import VisibleVisits

Outcome = Visit.Outcome
CHANGED = "This visit changed while you had the page open. Look at it as it is now, then confirm."
COST_CHANGED = "What this costs changed while you had the page open. Look at it, then confirm"


class ChangesVisit(VisibleVisits, OnceForm):
    """A form about a visit; a subclass says by `refusal` when there is nothing to change any more."""

    template_name = "consultations/visit_change.html"
    seen_version = None

    def get(self, request, *args, **kwargs):
        why = self.refusal()
        if why:
            messages.warning(request, why)
            return HttpResponseRedirect(self.done_url())
        return super().get(request, *args, **kwargs)

    def refusal(self):
        if not self.record.finished_at:
            return ""
        done = self.record.outcome == Outcome.DONE
        return "This visit is finished." if done else "This visit was cancelled or moved."

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except StaleVersion:
            self.record = self.find_record()
            self.seen_version = self.record.version
            form.add_error(None, CHANGED)
            return self.form_invalid(form)

    @property
    def signed(self):
        return {
            "by": self.request.user,
            "at": timezone.now(),
            "opened_version": self.opened_version,
        }

    def done_url(self):
        """The visit; for link staff, who do not open it, the visits of their school."""
        if self.role.kind == RoleRow.Kind.LINK_STAFF:
            return reverse("schools:school-visits", args=[self.record.partnership.school.urn])
        return self.record.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_title=self.page_title,
            submit_label=self.submit_label,
            back_url=self.done_url(),
            seen_version=self.seen_version or self.opened_version or self.record.version,
            **kwargs,
        )


class VisitCancel(ChangesVisit):
    policy = school_policies.can_call_off
    form_class = CancelVisitForm
    page_title, submit_label = "Cancel a visit", "Cancel the visit"

    def refusal(self):
        from_school = self.role.kind == RoleRow.Kind.LINK_STAFF
        begun = "This visit has begun. Talk with the clinician." if self.record.started_at else ""
        return super().refusal() or (begun if from_school else "")

    def outcomes(self):
        if self.role.kind == RoleRow.Kind.LINK_STAFF:
            return [Outcome.SCHOOL_CANCELLED]
        early = self.today < timezone.localdate(self.record.planned_start_at)
        return [one for one in CALLED_OFF if not (early and one == Outcome.NO_LINK_PERSON)]

    def what_happens(self):
        now = timezone.now()
        return {one: consequences.calling_off(self.record, one, now) for one in self.outcomes()}

    def get_form_kwargs(self):
        happens = self.what_happens()
        self.charge = happens[Outcome.SCHOOL_CANCELLED][0]
        may_waive = bool(self.charge) and school_policies.can_waive(self.role, self.record)
        said = {outcome: sentence for outcome, (_, sentence) in happens.items()}
        return super().get_form_kwargs() | {"said": said, "may_waive": may_waive}

    def get_initial(self):
        only = self.role.kind == RoleRow.Kind.LINK_STAFF
        return {"outcome": Outcome.SCHOOL_CANCELLED} if only else {}

    def save(self, form):
        why, data = self.refusal(), form.cleaned_data
        if why:
            raise ValidationError(why)
        by_school = data["outcome"] == Outcome.SCHOOL_CANCELLED
        if by_school and self.request.POST.get("seen") != str(self.charge):
            raise ValidationError({"outcome": COST_CHANGED})
        said = {"outcome": data["outcome"], "waived_because": data.get("waived_because", "")}
        services.cancel_visit(self.record, **said, **self.signed)
        return self.done_url(), f"The visit on {longdate(self.record.planned_start_at)} is cancelled."

    def get_context_data(self, **kwargs):
        # Making the form works the charge out.
        return super().get_context_data(**kwargs) | {"seen": self.charge}


class VisitMove(ChangesVisit):
    policy = school_policies.can_move
    form_class = VisitTimesForm
    page_title, submit_label = "Move a visit", "Move the visit"

    def refusal(self):
        begun = "This visit has begun." if self.record.started_at else ""
        return super().refusal() or begun

    def get_form_kwargs(self):
        about = {"partnership": self.record.partnership, "today": self.today}
        return super().get_form_kwargs() | about

    def get_initial(self):
        start, end = (timezone.localtime(getattr(self.record, f"planned_{n}_at")) for n in ("start", "end"))
        return {"on": start.date(), "starts": start.time(), "ends": end.time()}

    def save(self, form):
        try:
            new = services.change_visit_time(self.record, **form.times(), **self.signed)
        except Clash as clash:
            raise form.placed(at_another_time(self.role, self.record.clinician, clash.visit)) from None
        except ValidationError as refusal:
            raise form.placed(refusal) from None
        hours = f"{clock(new.planned_start_at)} to {clock(new.planned_end_at)}"
        return new.get_absolute_url(), f"The visit is now on {longdate(new.planned_start_at)}, {hours}."
