from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from accounts.access import PolicyMixin, address_of
from schools import policies, services
from schools.forms import DueForm, PeriodForm
from schools.models import Invoice
from schools.sheets import accounts_rows, invoice_rows
from web.keyset import keyset_page
from web.sheets import as_sheet
from web.words import counted, longdate, pounds

from .money_papers import MoneyPaperCsv, MoneyPaperPage, MoneyPaperPdf

PAGE = 25
Kind = Invoice.Kind


class Invoices(PolicyMixin, TemplateView):
    """Invoices and credit notes, the newest first; for the lead what is due too."""

    policy = policies.can_read_money_papers
    template_name = "schools/invoices.html"

    def get_context_data(self, **kwargs):
        can_issue = policies.can_issue_money_papers(self.role, None)
        invoices = Invoice.objects.visible_to(self.role).for_list()
        return super().get_context_data(
            page=keyset_page(invoices, self.request.GET, PAGE),
            can_issue=can_issue,
            due=services.due_parts(self.role.service, self.today) if can_issue else [],
            **kwargs,
        )


class VisibleInvoices:
    kind = Kind.INVOICE

    def get_visible(self):
        return Invoice.objects.visible_to(self.role).for_list().filter(kind=self.kind)


class InvoicePage(VisibleInvoices, MoneyPaperPage):
    def get_context_data(self, **kwargs):
        """Whether it was taken back, and whether this role may do so."""
        note = getattr(self.record, "credited_by", None)
        can_issue = policies.can_issue_money_papers(self.role, self.record)
        can_credit = can_issue and not note and not self.record.is_credit_note
        return super().get_context_data(note=note, can_credit=can_credit, **kwargs)


class InvoicePdf(VisibleInvoices, MoneyPaperPdf):
    pass


class InvoiceCsv(VisibleInvoices, MoneyPaperCsv):
    rows_of = invoice_rows


class CreditNotePage(InvoicePage):
    kind = Kind.CREDIT_NOTE


class CreditNotePdf(InvoicePdf):
    kind = Kind.CREDIT_NOTE


class CreditNoteCsv(InvoiceCsv):
    kind = Kind.CREDIT_NOTE


class InvoicesIssue(PolicyMixin, FormView):
    """What is due, to be checked before it is billed. What was taken back is not chosen by itself."""

    policy = policies.can_issue_money_papers
    template_name = "schools/invoices_issue.html"
    form_class = DueForm

    @cached_property
    def due(self):
        return services.due_parts(self.role.service, self.today)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"parts": [(part.key, label(part)) for part in self.due]}

    def get_initial(self):
        return {"parts": [part.key for part in self.due if not part.was_taken_back]}

    def form_valid(self, form):
        only = set(form.cleaned_data["parts"])
        by, at = self.request.user, timezone.now()
        issued = services.issue_due_invoices(self.role.service, on=self.today, by=by, at=at, only=only)
        total = sum(invoice.total for invoice in issued)
        messages.success(self.request, f"{counted(len(issued), 'invoice')} issued, {pounds(total)}.")
        return redirect("schools:invoices")

    def form_invalid(self, form):
        """Pressed twice, or pressed by somebody else meanwhile: nothing is due any more."""
        if not self.due:
            messages.warning(self.request, "Nothing is due any more.")
            return redirect("schools:invoices")
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_title="Check what is due",
            section=self.role.place,
            intro="One invoice is made for each agreement and purchase order number. An invoice cannot be "
            "changed afterwards: a mistake is taken back by a credit note.",
            submit_label="Issue invoices",
            back_url=reverse("schools:invoices"),
            back_text="Back to invoices",
            due=self.due,
            **kwargs,
        )


def label(part):
    again = ". Taken back before" if part.was_taken_back else ""
    school = part.order.agreement.payer.school
    return f"{school}. {part.words}, {pounds(part.amount)}, due {longdate(part.due_on)}{again}"


class InvoiceCredit(PolicyMixin, TemplateView):
    """Asks first. The invoice stays, and so does its number."""

    policy = policies.can_issue_money_papers
    lookup = "number"
    template_name = "schools/invoice_credit.html"

    def get_visible(self):
        return Invoice.objects.visible_to(self.role).for_list().filter(kind=Kind.INVOICE)

    def post(self, request, *args, **kwargs):
        try:
            note = services.credit_invoice(self.record, by=request.user, at=timezone.now())
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
            return redirect(self.record)
        messages.success(request, f"{self.record} is taken back by credit note {note.number}.")
        return redirect(note)

    def get_context_data(self, **kwargs):
        school = self.record.agreement.payer.school
        return super().get_context_data(
            invoice=self.record, section=school.name, total=pounds(self.record.total), **kwargs
        )


class AccountsExport(PolicyMixin, FormView):
    """The invoices and credit notes of a period, line by line, for a finance system."""

    policy = policies.can_issue_money_papers
    template_name = "web/form.html"
    form_class = PeriodForm

    def get_initial(self):
        last_on = self.today.replace(day=1) - timedelta(days=1)
        return {"first_on": last_on.replace(day=1), "last_on": last_on}

    def form_valid(self, form):
        days = form.cleaned_data
        invoices = Invoice.objects.visible_to(self.role).issued_in(days["first_on"], days["last_on"])
        name = f"accounts-{days['first_on']}-to-{days['last_on']}"
        where = {"at": timezone.now(), "address": address_of(self.request)}
        services.note_export(self.role.service, f"{name} as CSV", by=self.request.user, **where)
        return as_sheet(accounts_rows(invoices), f"{name}.csv")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_title="Accounts of a period",
            section=self.role.place,
            intro="A file for your finance system: one row for each line of an invoice or credit note.",
            submit_label="Download",
            back_url=reverse("schools:invoices"),
            back_text="Back to invoices",
            **kwargs,
        )
