"""Agreements as they are read: by the lead, the clinicians and the schools that are in them."""

from django.db.models import Count
from django.views.generic import TemplateView

from accounts.access import PolicyMixin
from schools import policies
from schools.billing import no_term_sentence
from schools.models import Adjustment, Agreement
from schools.reading import numbers_in_words, owed_rows, past_pots
from schools.sentences import deciding_sentences, price_sentences, time_sentences
from schools.services import terms_of
from web.keyset import keyset_page
from web.words import longdate, moment

PAGE = 25
NEWEST = 20
KINDS = {"bought": "Bought time", "core": "Core offers"}


class Agreements(PolicyMixin, TemplateView):
    """Core offers and bought time, newest first."""

    policy = policies.can_read_agreements
    template_name = "schools/agreements.html"

    def get_context_data(self, **kwargs):
        kind = self.request.GET.get("kind", "")
        rows = Agreement.objects.visible_to(self.role).for_list().annotate(schools_count=Count("members"))
        rows = rows.filter(kind=kind) if kind in KINDS else rows
        return super().get_context_data(
            page=keyset_page(rows, self.request.GET, PAGE),
            kinds=KINDS.items(),
            kind=kind,
            can_keep=policies.can_keep_agreements(self.role, None),
            **kwargs,
        )


class OneAgreement(PolicyMixin):
    """A page about one agreement."""

    policy = policies.can_read_agreements

    def get_visible(self):
        return Agreement.objects.visible_to(self.role).select_related(
            "payer__school", "payer__service", "service", "signed_by"
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            agreement=self.record,
            section=self.record.payer.school.name,
            back_url=self.record.get_absolute_url(),
            back_text="Back to the agreement",
            **kwargs,
        )


class AgreementPage(OneAgreement, TemplateView):
    """Its state, its rules as sentences, its time, and what may be done with it now."""

    template_name = "schools/agreement.html"

    def get_context_data(self, **kwargs):
        agreement, role = self.record, self.role
        schools = [
            here.school for here in agreement.schools.select_related("school").order_by("school__name")
        ]
        sees_prices = policies.can_read_prices(role, agreement)
        return super().get_context_data(
            about=about(agreement, schools),
            **rules_of(agreement, prices=sees_prices),
            warning=self.warning(),
            numbers=self.numbers(),
            past=past_pots(self.get_visible().filter(pk=agreement.pk), self.today),
            adjustments=self.adjustments(),
            can_keep=policies.can_keep_agreements(role, agreement),
            may_adjust=policies.can_keep_agreements(role, agreement) and counts_time(agreement),
            can_sign=policies.can_sign_agreement(role, agreement),
            **kwargs,
        )

    def warning(self):
        """For the lead, while terms can still be entered."""
        agreement = self.record
        is_open = agreement.state != Agreement.State.ENDED and not agreement.is_core
        if not (is_open and policies.can_keep_agreements(self.role, agreement)):
            return ""
        return no_term_sentence(agreement, terms_of(agreement.service))

    def numbers(self):
        agreement = self.record
        if not counts_time(agreement):
            return []
        numbers = numbers_in_words(agreement, agreement.entries.numbers())
        return numbers + owed_rows(agreement, self.role, self.today)

    def adjustments(self):
        """(adjustment, minutes in words, whether this person may decide it), the newest first."""
        rows = Adjustment.objects.visible_to(self.role).filter(agreement=self.record)
        rows = rows.select_related("asked_by", "decided_by", "partnership__school", "agreement", "order")
        return [
            (row, change_in_words(self.record, row), self.may_decide(row))
            for row in rows.order_by("-pk")[:NEWEST]
        ]

    def may_decide(self, row):
        return not row.decided_at and policies.can_decide_adjustment(self.role, row)


def rules_of(agreement, *, prices):
    """What the templates of rules print: all of them, and the few to read before anything is ordered."""
    return {
        "time_rules": time_sentences(agreement),
        "price_rules": price_sentences(agreement) if prices else [],
        "deciding_rules": deciding_sentences(agreement, prices=prices),
    }


def counts_time(agreement):
    """It was signed, or given, and has a ledger."""
    return agreement.state in (*Agreement.IN_USE, Agreement.State.ENDED)


def about(agreement, schools):
    """The rows of the summary at the top."""
    signed = [agreement.signed_by_name, agreement.signed_by_job]
    signed += [longdate(agreement.signed_on)] if agreement.signed_on else []
    rows = [
        ("Schools" if len(schools) > 1 else "School", "\n".join(str(school) for school in schools)),
        *([("Paid for by", str(agreement.payer.school))] if len(schools) > 1 else []),
        ("First day", longdate(agreement.first_on)),
        ("Last day", longdate(agreement.last_on)),
    ]
    if agreement.sent_at and not agreement.is_core:
        rows.append(("Sent", moment(agreement.sent_at)))
    if agreement.signed_on:
        rows.append(("Signed by", ", ".join(part for part in signed if part)))
    if agreement.ended_at:
        rows.append(("Ended", moment(agreement.ended_at)))
    return rows


def change_in_words(agreement, row):
    """Add 2 half days, Take away 45 minutes, Cancel 3 half days of order 5"""
    much = agreement.in_words(abs(row.minutes))
    if row.order:
        return f"Cancel {much} of order {row.order.number}"
    return f"{'Add' if row.minutes > 0 else 'Take away'} {much}"
