from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from accounts.access import PolicyMixin
from schools import policies, services
from schools.forms import StatementsForm
from schools.models import Agreement, Statement
from schools.sheets import statement_rows
from web.keyset import keyset_page
from web.prepared import prepared
from web.words import counted, longdate

from .money_papers import MoneyPaperCsv, MoneyPaperPage, MoneyPaperPdf

PAGE = 25


class Statements(PolicyMixin, TemplateView):
    policy = policies.can_read_money_papers
    template_name = "schools/statements.html"

    def get_context_data(self, **kwargs):
        statements = Statement.objects.visible_to(self.role).for_list()
        return super().get_context_data(
            page=keyset_page(statements, self.request.GET, PAGE),
            can_issue=policies.can_issue_money_papers(self.role, None),
            **kwargs,
        )


@prepared
def statement_by_number(role, number):
    return Statement.objects.visible_to(role).filter(number=number).for_list()


class VisibleStatements:
    def find_record(self):
        return self.the_only(statement_by_number(self.role, self.key()))


class StatementPage(VisibleStatements, MoneyPaperPage):
    pass


class StatementPdf(VisibleStatements, MoneyPaperPdf):
    pass


class StatementCsv(VisibleStatements, MoneyPaperCsv):
    rows_of = statement_rows


class StatementsGiveOut(PolicyMixin, FormView):
    """Statements of many agreements until one day. Pressed again, it gives out none twice."""

    policy = policies.can_issue_money_papers
    template_name = "web/form.html"
    form_class = StatementsForm

    @cached_property
    def agreements(self):
        return Agreement.objects.visible_to(self.role).waiting_for_statements(self.today)

    def get_form_kwargs(self):
        choices = [(agreement.reference, self.label(agreement)) for agreement in self.agreements]
        return super().get_form_kwargs() | {"agreements": choices, "today": self.today}

    def label(self, agreement):
        kind, until = agreement.get_kind_display().lower(), agreement.stated_until
        done = f"given out until {longdate(until)}" if until else "none yet"
        return f"{agreement.payer.school}, {kind} {agreement.reference}: {done}"

    def get_initial(self):
        """The last day of the month before."""
        chosen = [agreement.reference for agreement in self.agreements]
        return {"last_on": self.today.replace(day=1) - timedelta(days=1), "agreements": chosen}

    def form_valid(self, form):
        chosen, last_on = form.cleaned_data["agreements"], form.cleaned_data["last_on"]
        given = [self.give_out(pot, last_on) for pot in self.agreements if pot.reference in chosen]
        if any(given):
            messages.success(self.request, f"{counted(sum(given), 'statement')} given out.")
        else:
            messages.warning(
                self.request, "No statement was given out: there are some until that day already."
            )
        return redirect("schools:statements")

    def give_out(self, agreement, last_on):
        first_on, by = services.next_statement_from(agreement), self.request.user
        if first_on > last_on:
            return False
        days = {"first_on": first_on, "last_on": last_on}
        try:
            services.give_out_statement(agreement, by=by, at=timezone.now(), **days)
        except ValidationError as refusal:
            messages.warning(self.request, " ".join(refusal.messages))
            return False
        return True

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_title="Give out statements",
            section=self.role.place,
            intro="Each begins where the last one of its agreement ended. What is given out never changes.",
            submit_label="Give out statements",
            back_url=reverse("schools:statements"),
            back_text="Back to statements",
            **kwargs,
        )
