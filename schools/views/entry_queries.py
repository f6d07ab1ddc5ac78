"""H5: a query about a line of the ledger, and its answer in the same place. Nothing of it is printed."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from accounts.access import PolicyMixin, as_uuid
from accounts.services import use_form_key, used_form_key
from schools import policies
from schools.forms import AnswerForm, QueryForm
from schools.models import EntryQuery, TimeEntry
from schools.services import answer_query, ask_about
from web.keyset import keyset_page

PAGE = 25


def line_in_words(entry):
    """ "Used: 1 half day": nothing of what the visit was about. The kind says whether it adds or takes."""
    pot, minutes = entry.agreement, entry.minutes or entry.owed_minutes
    minutes = minutes if entry.kind == TimeEntry.Kind.ADJUST else abs(minutes)
    return f"{entry.get_kind_display()}: {pot.in_words(minutes)}"


class EntryQueries(PolicyMixin, FormView):
    """A line, what was asked about it, and a box to ask. The lead answers from here too."""

    policy = policies.can_read_entry_queries
    template_name = "schools/entry_query.html"
    form_class, lookup = QueryForm, "pk"

    def get_visible(self):
        return TimeEntry.objects.visible_to(self.role).select_related(
            "agreement", "partnership__school", "visit__clinician"
        )

    def post(self, request, *args, **kwargs):
        if not policies.can_ask_about_entry(self.role, self.record):
            return self.http_method_not_allowed(request)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        key, by = as_uuid(self.request.POST.get("form_key")) or uuid4(), self.request.user
        try:
            with transaction.atomic():
                ask_about(self.record, words=form.cleaned_data["words"], by=by, at=timezone.now())
                use_form_key(key, by=by, led_to=self.request.path)
        except IntegrityError:
            if not used_form_key(key):
                raise
        else:
            messages.success(self.request, "Your question is sent. The answer will be here.")
        return HttpResponseRedirect(self.request.path)

    def get_context_data(self, **kwargs):
        queries = EntryQuery.objects.visible_to(self.role).filter(entry=self.record)
        return super().get_context_data(
            entry=self.record,
            line=line_in_words(self.record),
            queries=queries.select_related("asked_by", "answered_by").order_by("asked_at", "pk"),
            can_ask=policies.can_ask_about_entry(self.role, self.record),
            can_answer=policies.can_answer_entry_queries(self.role, self.record),
            form_key=as_uuid(self.request.POST.get("form_key")) or uuid4(),
            page_title="Something looks wrong",
            section=self.record.partnership.school.name,
            **kwargs,
        )


class QueryAnswer(PolicyMixin, FormView):
    policy = policies.can_answer_entry_queries
    template_name = "schools/query_answer.html"
    form_class, lookup = AnswerForm, "pk"

    def get_visible(self):
        return EntryQuery.objects.visible_to(self.role).select_related(
            "entry__agreement", "entry__partnership__school", "entry__visit__clinician", "asked_by"
        )

    def form_valid(self, form):
        answer = form.cleaned_data["answer"]
        try:
            answer_query(self.record, answer=answer, by=self.request.user, at=timezone.now())
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return self.form_invalid(form)
        messages.success(self.request, "Your answer is with the line. The school reads it there.")
        return HttpResponseRedirect(self.line_url())

    def line_url(self):
        return reverse("schools:entry-query", args=[self.record.entry_id])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            query=self.record,
            entry=self.record.entry,
            line=line_in_words(self.record.entry),
            page_title="Answer a question about time",
            section=self.record.entry.partnership.school.name,
            back_url=reverse("schools:entry-queries"),
            submit_label="Send answer",
            **kwargs,
        )


class UnansweredQueries(PolicyMixin, TemplateView):
    """Those that nobody answered yet, of all schools of the service."""

    policy = policies.can_answer_entry_queries
    template_name = "schools/entry_queries.html"

    def get_context_data(self, **kwargs):
        queries = EntryQuery.objects.visible_to(self.role).filter(answered_at=None)
        queries = queries.select_related("entry__agreement", "entry__partnership__school", "asked_by")
        page = keyset_page(queries, self.request.GET, PAGE)
        for query in page.rows:
            query.line = line_in_words(query.entry)
        return super().get_context_data(page=page, page_title="Questions about time", **kwargs)
