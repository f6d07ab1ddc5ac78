from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from accounts.access import ButtonView, PolicyMixin
from accounts.models import StaleVersion
from consultations import policies, services
from consultations.agenda import agenda_of
from consultations.agenda_after import agenda_after, with_next_visit
from consultations.forms import FinishVisitForm
from consultations.models import DUE_BEFORE, Consultation, Draft, Plan
from schools import consequences
from schools import policies as school_policies
from schools.models import MINUTES, OTHER_WORK, Visit
from schools.reading import left_in_words
from schools.services import may_be_waived, start_visit

from .matters import ShowsOpenMatters


class VisibleVisits:
    def get_visible(self):
        return Visit.objects.visible_to(self.role).select_related(
            *("partnership__school", "partnership__service", "clinician"),
            *("pot", "moved_from", "moved_to"),
        )

    def consultations(self):
        return Consultation.objects.visible_to(self.role).filter(visit=self.record).for_list()

    def matters_about(self):
        return "consultation__visit", self.record.pk

    def drafts(self):
        return Draft.objects.visible_to(self.role).filter(visit=self.record).order_by("started_at")

    def time_left(self):
        """What the pot of the visit has left, in words; blank where it draws on none."""
        pot = self.record.pot
        return left_in_words(pot, pot.entries.numbers()) if pot else ""

    def get_context_data(self, **kwargs):
        visit, school = self.record, self.record.partnership.school
        return super().get_context_data(visit=visit, section=school.name, **kwargs)


class VisitPage(ShowsOpenMatters, VisibleVisits, PolicyMixin, TemplateView):
    """C2: the page kept open all morning."""

    policy = policies.can_read_visit
    template_name = "consultations/visit.html"

    def get_visible(self):
        return with_next_visit(super().get_visible()).annotate(reviews_due=Subquery(self.plans_due()))

    def plans_due(self):
        """How many plans of the school to look at before leaving, as a part of the question for the visit."""
        due = Plan.objects.visible_to(self.role).due_by(self.today + DUE_BEFORE)
        of_school = due.filter(partnership=OuterRef("partnership")).order_by().values("partnership")
        return of_school.annotate(number=Count("pk")).values("number")

    def get_context_data(self, **kwargs):
        consultations = list(self.consultations())
        return super().get_context_data(
            consultations=consultations,
            minutes=sum(consultation.minutes for consultation in consultations),
            drafts=list(self.drafts()),
            agenda=self.agenda(),
            after=self.agenda_after(),
            can_phone=policies.can_close_as_phoned(self.role, None),
            can_run=policies.can_run_visit(self.role, self.record),
            can_change=school_policies.can_move(self.role, self.record),
            pot_line=consequences.pot_in_words(self.record),
            charge=self.charge(),
            **self.texts_to_copy(consultations),
            time_left=self.time_left(),
            **kwargs,
        )

    def agenda(self):
        """What waits belongs to the next visit, so one that is over shows none."""
        if self.record.finished_at:
            return []
        return agenda_of(self.record.partnership, self.role, self.today)

    def agenda_after(self):
        """None for a visit that did not take place: its agenda went on as it was."""
        done = self.record.outcome == Visit.Outcome.DONE
        return agenda_after(self.record, self.role, self.today) if done else None

    def texts_to_copy(self, consultations):
        """How many texts there are for the trust's record, and how many of them wait."""
        may = policies.can_copy_to_record(self.role, self.record)
        if not may or self.record.outcome != Visit.Outcome.DONE:
            return {}
        waiting = Consultation.objects.visible_to(self.role).filter(visit=self.record).to_copy()
        named = {talk.case_id for talk in consultations if talk.case.is_named}
        return {
            "record_texts": len(named),
            "to_copy": len(set(waiting.values_list("case", flat=True))) if named else 0,
        }

    def charge(self):
        """What a late cancellation cost, for whoever may take it back; None once that is done."""
        if self.record.outcome != Visit.Outcome.SCHOOL_CANCELLED:
            return None
        return may_be_waived(self.record) if school_policies.can_waive(self.role, self.record) else None


class VisitStart(VisibleVisits, ButtonView):
    policy = policies.can_run_visit

    def press(self, visit):
        start_visit(visit, by=self.request.user, at=timezone.now())
        return "Visit started."


class VisitFinish(ShowsOpenMatters, VisibleVisits, PolicyMixin, FormView):
    """C8: check the minutes, then lock them."""

    policy = policies.can_run_visit
    template_name = "consultations/visit_finish.html"
    form_class = FinishVisitForm
    seen_version = None
    seen = said = ""

    def get(self, request, *args, **kwargs):
        if self.record.finished_at or not self.record.started_at:
            why = "This visit is finished." if self.record.finished_at else "Start the visit first."
            messages.warning(request, why)
            return HttpResponseRedirect(self.record.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        started_at = self.record.started_at or self.record.planned_start_at
        return super().get_form_kwargs() | {"started_at": started_at}

    def get_initial(self):
        # The minute that is running ends after a visit that began in it.
        soon = timezone.localtime() + timedelta(minutes=1)
        return {
            "ended_time": soon.time().replace(second=0, microsecond=0),
            "minutes_with_staff": sum(c.minutes for c in self.consultations()),
            **dict.fromkeys((*OTHER_WORK, "minutes_training"), 0),
        }

    def form_valid(self, form):
        data = form.cleaned_data
        used, self.said = self.counted(form.minutes())
        if used and self.request.POST.get("seen") != used:
            messages.warning(self.request, "Check what counts as used, then confirm.")
            self.seen = used
            return self.render_to_response(self.get_context_data(form=form))
        try:
            services.finish_visit(
                self.record,
                by=self.request.user,
                at=timezone.now(),
                ended_at=data["ended_at"],
                opened_version=self.opened_version,
                **form.said(),
            )
        except StaleVersion as stale:
            self.seen_version = stale.record.version
            form.add_error(None, "This visit changed while you had the page open. Check it again.")
            return self.form_invalid(form)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return self.form_invalid(form)
        messages.success(self.request, "Visit finished. Its time is locked.")
        return HttpResponseRedirect(self.record.get_absolute_url())

    def counted(self, minutes):
        """(what counts as used by the pot's rules, the sentence); empty where nothing is counted."""
        if not self.record.pot_id or self.record.finished_at:
            return "", ""
        used, said = consequences.finishing(self.record, minutes)
        return str(used), said

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            initial = self.get_initial()
            self.seen, self.said = self.counted({name: min(initial[name], 600) for name in MINUTES})
        return super().get_context_data(
            consultations=list(self.consultations()),
            drafts=list(self.drafts()),
            seen=self.seen,
            said=self.said,
            what_counts=consequences.what_counts(self.record.pot) if self.record.pot_id else "",
            time_left=self.time_left(),
            seen_version=self.seen_version or self.opened_version or self.record.version,
            **kwargs,
        )
