from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.access import LogsReading, PolicyMixin, as_uuid
from consultations import policies, reading, services
from consultations.consultation_changes import consultation_changes
from consultations.forms import ConsultationForm, TriedFormSet
from consultations.forms.subject import as_subject, asked_for
from consultations.forms.talk import carried_over
from consultations.models import (
    Case,
    ClinicalNote,
    Consultation,
    DiscussionRequest,
    Draft,
    SafeguardingMatter,
    Share,
)
from schools.models import SchoolPerson, Visit
from web.prepared import prepared

from .drafting import DraftedForm
from .matters import ShowsOpenMatters
from .visits import VisibleVisits


@prepared
def visit_by_reference(role, reference):
    visits = Visit.objects.visible_to(role).filter(reference=reference)
    return visits.select_related("partnership__school", "partnership__service", "clinician")


@prepared
def people_at_work(role, partnership_pk, on):
    people = SchoolPerson.objects.visible_to(role).filter(partnership=partnership_pk)
    return people.working(on)


@prepared
def leads_at_work(role, partnership_pk, on):
    people = SchoolPerson.objects.visible_to(role).filter(partnership=partnership_pk)
    return people.safeguarding_leads(on)


@prepared
def minutes_logged(visit_pk):
    return Consultation.objects.filter(visit=visit_pk).values_list("minutes", flat=True)


def what_is_next(consultation):
    """The page that "What happens next?" leads to."""
    if consultation.next_step == Consultation.NextStep.START_PLAN:
        return reverse("consultations:plan-add", args=[consultation.reference])
    if consultation.next_step == Consultation.NextStep.CHANGE_PLAN:
        running = consultation.case.plans.filter(ended_on=None).first()
        if running:
            return reverse("consultations:plan-edit", args=[running.reference])
    return consultation.visit.get_absolute_url()


def preview_url(visit):
    return reverse("consultations:share-preview", args=[visit.reference])


class ConsultationAdd(LogsReading, ShowsOpenMatters, VisibleVisits, DraftedForm):
    """C3: log a consultation on one page."""

    policy = policies.can_log_on_visit
    kind = Draft.Kind.CONSULTATION

    def find_record(self):
        return self.the_only(visit_by_reference(self.role, self.key()))

    def get(self, request, *args, **kwargs):
        # A draft can still be opened, to read what was typed.
        over = self.record.finished_at and not request.GET.get("draft")
        if over or not self.record.started_at:
            finished = "This visit is finished. Its time cannot be added to."
            messages.warning(request, finished if self.record.finished_at else "Start the visit first.")
            return HttpResponseRedirect(self.record.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def log(self):
        """Opened from a case the page shows who it is about and what was said last; a draft, its texts."""
        if self.get_case():
            super().log()

    def get_case(self):
        return self.case_of_draft or self.asked_case

    @cached_property
    def case_of_draft(self):
        """The known case that the draft shown here is about."""
        key = as_uuid(self.request.GET.get("draft"))
        drafts = Draft.objects.visible_to(self.role).filter(key=key, path=self.request.path)
        draft = drafts.first() if key else None
        child = draft.about_child if draft else ""
        if not child.isdecimal() or len(child) > 18:
            return None
        return self.cases_here.filter(pk=child).first()

    @property
    def cases_here(self):
        return Case.objects.visible_to(self.role).filter(partnership=self.record.partnership)

    def make_form(self, data=None):
        # One now for both: what happened "now" must not lie after the form's own now.
        partnership, now = self.record.partnership, timezone.now()
        here = self.role, partnership.pk, self.today
        return ConsultationForm(
            data,
            partnership=partnership,
            today=self.today,
            now=now,
            readers=partial(reading.readers_at, partnership, self.today),
            preview_url=preview_url(self.record),
            people=people_at_work(*here),
            leads=partial(leads_at_work, *here),
            initial={
                **self.said_before(),
                # Asked for where the question is drawn.
                "staff": lambda: self.last_people,
                "held_at": self.likely_start(now),
            },
            rows={"tried": TriedFormSet(data, initial=self.tried_before(), prefix="tried")},
        )

    @cached_property
    def asked_case(self):
        """The case that the page was opened from, itself or by a request about it, if it was."""
        if self.asked_request and self.asked_request.case_id:
            asked = self.asked_request.case
            return self.cases_here.filter(Q(promoted_from=asked) | Q(pk=asked.pk)).order_by("-pk").first()
        reference = self.request.GET.get("case", "").replace("\0", "")
        return self.cases_here.filter(reference=reference).first() if reference else None

    @cached_property
    def asked_request(self):
        """The request that the page was opened from with "Log this", while it waits."""
        reference = self.request.GET.get("request", "").replace("\0", "")
        return self.requests_here.filter(reference=reference).first() if reference else None

    @property
    def requests_here(self):
        """Those of the school that wait, and that a consultation of this visit may take up."""
        requests = DiscussionRequest.objects.visible_to(self.role).select_related("case")
        return requests.filter(partnership=self.record.partnership).waiting()

    @cached_property
    def last_talk(self):
        """The last consultation of that case; None for one that was only just named."""
        if not self.asked_case:
            return None
        talks = Consultation.objects.visible_to(self.role).filter(case=self.asked_case)
        return talks.for_list().prefetch_related("tried").first()

    def said_before(self):
        """What need not be typed again: about whom, and the details as they were last time."""
        about = as_subject(self.asked_case) if self.asked_case else {}
        about |= carried_over(self.last_talk) if self.last_talk else {}
        return about | (asked_for(self.asked_request) if self.asked_request else {})

    def tried_before(self):
        rows = self.last_talk.tried.all() if self.last_talk else []
        before = [{"what": row.what, "effect": row.effect} for row in rows]
        asked = self.asked_request and self.asked_request.tried
        return [{"what": asked}, *before] if asked else before

    def likely_start(self, now):
        """After what was logged on this visit already, so that two talks do not have the same time."""
        begun = self.record.started_at or self.record.planned_start_at
        return min(begun + timedelta(minutes=sum(minutes_logged(self.record.pk))), now)

    @cached_property
    def last_people(self):
        """Those ticked on the last consultation at this school."""
        last = Consultation.objects.filter(partnership=self.record.partnership).order_by("-held_at").first()
        return [row.person_id for row in last.people.all() if row.person_id] if last else []

    def draft_place(self):
        return {"partnership": self.record.partnership, "visit": self.record}

    def lane_of(self, form):
        return form.about.lane

    def save(self, form):
        content = form.content()
        consultation = services.record_consultation(
            self.record, form.about, content, by=self.request.user, at=timezone.now()
        )
        self.take_up(form.cleaned_data["request"], consultation)
        if consultation.risk == Consultation.Risk.TO_TELL:
            url = reverse("consultations:safeguarding", args=[consultation.reference])
        else:
            url = what_is_next(consultation)
        return url, f"Consultation saved. {consultation.minutes} minutes added."

    def take_up(self, reference, consultation):
        """What the school asked for is done, whether it was logged at once or from a draft."""
        reference = str(reference or "").replace("\0", "")
        asked = self.requests_here.filter(reference=reference).first() if reference else None
        if asked:
            services.take_up_request(asked, consultation, by=self.request.user)

    def saved_as(self, reference):
        talks = Consultation.objects.visible_to(self.role)
        return talks.filter(visit=self.record, reference=reference).first()

    def later_url(self):
        return self.record.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_title="Log a consultation",
            submit_label="Save consultation",
            back_url=self.record.get_absolute_url(),
            back_text="Back to the visit",
            **kwargs,
        )


class VisibleConsultations:
    def get_visible(self):
        return (
            Consultation.objects.visible_to(self.role)
            .for_list()
            .select_related("partnership__service")
            .prefetch_related("people", "tried")
        )

    def clinical_note(self):
        if not policies.can_read_clinical_note(self.role, self.record):
            return None
        return ClinicalNote.objects.visible_to(self.role).filter(consultation=self.record).first()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            consultation=self.record, section=self.record.partnership.school.name, **kwargs
        )


class ConsultationPage(LogsReading, ShowsOpenMatters, VisibleConsultations, PolicyMixin, TemplateView):
    """C3v: a consultation as it was written, with what changed since."""

    policy = policies.can_read_consultation
    template_name = "consultations/consultation.html"

    def get_visible(self):
        return super().get_visible().select_related("case__promoted_to", "case__moved_to")

    def matters_about(self):
        return "consultation", self.record.pk

    def note_to_ask_for(self):
        """Whether there is a note that the lead may read after saying why. The note itself is not read."""
        may_ask = policies.can_ask_for_clinical_note(self.role, self.record)
        return may_ask and ClinicalNote.objects.is_there(self.record)

    def get_context_data(self, **kwargs):
        note = self.clinical_note()
        matters = SafeguardingMatter.objects.visible_to(self.role).told()
        return super().get_context_data(
            clinical_note=note,
            note_to_ask_for=self.note_to_ask_for(),
            matter=matters.filter(consultation=self.record).first(),
            changes=consultation_changes(self.record, note),
            shares=self.shares(),
            can_share=policies.can_share(self.role, self.record) and not self.record.case.goes_on,
            can_change=policies.can_change_consultation(self.role, self.record)
            and not self.record.case.goes_on
            and self.record.case.stage != Case.Stage.CLOSED,
            **kwargs,
        )

    def shares(self):
        """What was shared of it, newest first, with whether the school may still read each."""
        shares = Share.objects.visible_to(self.role).filter(consultation=self.record)
        return shares.with_open(self.today).for_list()
