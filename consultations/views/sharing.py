"""Sharing what a consultation agreed: the preview, the act, what the school reads, and taking it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views import View
from django.views.generic import TemplateView

from accounts.access import LogsReading, PolicyMixin
from accounts.models import StaleVersion
from consultations import pdf, policies, reading, services
from consultations.models import Share
from consultations.papers.parents_copy import words_of_copy
from consultations.papers.ratings import for_page
from web.downloads import as_download
from web.forms import tidy_text
from web.words import longdate

from .consultations import VisibleConsultations
from .refusing import RefusesAtOnce, refusal_of
from .visits import VisibleVisits


class SharePreview(VisibleVisits, PolicyMixin, View):
    """The shared block of a text that is still being typed, drawn as it will be drawn for its reader."""

    http_method_names = ["post"]
    policy = policies.can_share

    def post(self, request, *args, **kwargs):
        return HttpResponse(reading.shared_block(tidy_text(request.POST.get("agreed", "")).strip()))


class ConsultationShare(RefusesAtOnce, LogsReading, VisibleConsultations, PolicyMixin, TemplateView):
    """Read it as the school will, with the readers' names; then share it."""

    policy = policies.can_share
    template_name = "consultations/consultation_share.html"

    def why_not(self):
        return refusal_of(services.require_goes_on_here, self.record.case)

    def post(self, request, *args, **kwargs):
        common = {"by": request.user, "at": timezone.now(), "opened_version": self.opened_version}
        try:
            share = services.share_consultation(self.record, **common)
        except StaleVersion:
            messages.warning(request, "This changed while you had the page open. Read it again.")
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
        else:
            messages.success(request, f"Shared with the school as {share.reference}.")
            return HttpResponseRedirect(self.record.get_absolute_url())
        return HttpResponseRedirect(request.path)

    def get_context_data(self, **kwargs):
        talk = self.record
        shared = Share.objects.visible_to(self.role).filter(consultation=talk).open().first()
        return super().get_context_data(
            readers=reading.readers_at(talk.partnership_id, self.today),
            missing=services.missing_consent(talk.case, services.NOTE_NEEDS, self.today),
            shared=shared,
            same=bool(shared) and shared.text == talk.agreed,
            back_url=talk.get_absolute_url(),
            **kwargs,
        )


class VisibleShares:
    """Pages about one share. A text that is closed to this role is not even read."""

    def get_visible(self):
        return Share.objects.visible_to(self.role).for_list()

    @property
    def may_read(self):
        return policies.can_read_shared_text(self.role, self.record, self.today)

    @property
    def is_copy(self):
        return self.record.audience == Share.Audience.PARENTS

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            share=self.record,
            may_read=self.may_read,
            blocks=for_page(words_of_copy(self.record.text)) if self.is_copy else [],
            section=self.record.partnership.school.name,
            today=self.today,
            **kwargs,
        )


class SharePage(LogsReading, VisibleShares, PolicyMixin, TemplateView):
    """A shared text as its readers see it, or the mark that it was closed."""

    policy = policies.can_read_share
    template_name = "consultations/share.html"

    def get(self, request, *args, **kwargs):
        if not self.may_read:
            section = self.record.partnership.school.name
            context = {"share": self.record, "section": section}
            return render(request, "consultations/closed.html", context, status=410)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        can_recall = policies.can_share(self.role, self.record) and self.record.is_open(self.today)
        return super().get_context_data(
            can_recall=can_recall and not self.is_copy,
            sees_consultation=policies.can_read_consultation(self.role, None),
            **kwargs,
        )


class SharePdf(LogsReading, VisibleShares, PolicyMixin, View):
    """The copy that parents or carers were handed, as a paper of the frozen words."""

    policy = policies.can_read_share

    def get_visible(self):
        copies = super().get_visible().filter(audience=Share.Audience.PARENTS)
        return copies.select_related("partnership__service", "plan")

    def get(self, request, *args, **kwargs):
        if not self.may_read:
            return HttpResponseRedirect(self.record.get_absolute_url())
        content = pdf.parents_copy_pdf(self.record)
        name = f"copy-{self.record.plan.reference}-{self.record.reference}.pdf"
        return as_download(content, name)


class ShareRecall(LogsReading, VisibleShares, PolicyMixin, TemplateView):
    """Asks first: what was read cannot be unread."""

    policy = policies.can_share
    template_name = "consultations/share_recall.html"

    def post(self, request, *args, **kwargs):
        share = self.record
        try:
            services.recall_share(share, by=request.user, at=timezone.now())
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
        else:
            messages.success(request, f"Recalled on {longdate(self.today)}. The school cannot read it.")
        about = share.plan or share.consultation
        return HttpResponseRedirect(about.get_absolute_url())
