"""What follows a visit: its minutes are put right, or the charge for a late cancellation is taken back."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.access import as_uuid
from accounts.services import used_form_key
from consultations import policies
from consultations.forms import CorrectVisitForm, WaiveChargeForm
from schools import consequences
from schools import policies as school_policies
from schools.models import MINUTES, Visit
from schools.services import correct_visit, may_be_waived, waive_charge

from .visit_changes import ChangesVisit

NUMBERS = (*MINUTES, "staff_trained")


class VisitCorrect(ChangesVisit):
    """The first press shows old and new side by side, the second writes it."""

    policy = policies.can_run_visit
    form_class = CorrectVisitForm
    page_title, submit_label = "Correct the minutes of a visit", "Save correction"
    seen, rows, said = "", (), ""

    def refusal(self):
        done = self.record.outcome == Visit.Outcome.DONE
        return "" if done else "Only a visit that took place and is finished can be corrected."

    def get_initial(self):
        return {name: getattr(self.record, name) for name in NUMBERS}

    def form_valid(self, form):
        new = {name: form.cleaned_data[name] for name in NUMBERS}
        seen = ",".join(str(new[name]) for name in NUMBERS)
        before = used_form_key(as_uuid(self.request.POST.get("form_key")))
        if before or self.request.POST.get("seen") == seen or self.refusal():
            return super().form_valid(form)
        labels = {name: form.fields[name].label.removesuffix(" (optional)") for name in NUMBERS}
        self.rows = [(labels[name], getattr(self.record, name), new[name]) for name in NUMBERS]
        self.seen, self.said = seen, self.what_happens(form.minutes())
        return self.render_to_response(self.get_context_data(form=form))

    def what_happens(self, new):
        if not self.record.pot_id:
            return consequences.NO_POT
        return consequences.correcting(self.record, new)[1]

    def save(self, form):
        reason = form.cleaned_data["reason"]
        correct_visit(self.record, reason=reason, **form.said(), **self.signed)
        return self.record.get_absolute_url(), "Minutes corrected. It shows on the statement."

    def get_context_data(self, **kwargs):
        return super().get_context_data(seen=self.seen, rows=self.rows, said=self.said, **kwargs)


class VisitWaive(ChangesVisit):
    """The charge for a late cancellation is taken back, after it was made."""

    policy = school_policies.can_waive
    form_class = WaiveChargeForm
    page_title, submit_label = "Take back the charge", "Take back the charge"

    def refusal(self):
        return "" if may_be_waived(self.record) else "There is no charge to take back."

    def save(self, form):
        charge = may_be_waived(self.record)
        if not charge:
            raise ValidationError("There is no charge to take back.")
        waive_charge(charge, reason=form.cleaned_data["reason"], by=self.request.user, at=timezone.now())
        return self.record.get_absolute_url(), "The charge is taken back. It shows on the statement."

    def get_context_data(self, **kwargs):
        charge = may_be_waived(self.record)
        said = charge and f"{consequences.is_used(self.record.pot, -charge.minutes)} for this visit."
        return super().get_context_data(said=said or "", **kwargs)
