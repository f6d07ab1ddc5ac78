"""Writing plans: C4."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.access import LogsReading, as_uuid
from accounts.services import used_form_key
from consultations import policies, reading, services
from consultations.forms import GoalFormSet, PlanForm, StepFormSet
from consultations.models import Consultation, Draft, Plan, PlanVersion
from consultations.plan_changes import typed_differences
from schools.models import SchoolPerson, Visit
from schools.services import calendar_of
from web.words import longdate

from .drafting import DraftedForm
from .offering import OWN_ROWS, OffersStrategies, rows_of_steps
from .plans import VisiblePlans

WAITS = "This plan waits to be agreed. It can be changed after that."


HAS_A_PLAN = "There is a plan already. Change that one, or finish it first."


def why_not_written(plan):
    """Why nothing is written in a plan now, in words; None where it can be. It is read `with_status`."""
    if plan.sent_number:
        return WAITS
    return "This plan has ended. Start a new one." if plan.ended_on else None


def review_days(partnership, today):
    """The days offered for a review: the next visit, in 6 school weeks, the end of term. Open days only."""
    calendar = calendar_of(partnership)
    visit = (
        Visit.objects.filter(
            partnership=partnership, finished_at=None, planned_start_at__date__gt=today, outcome=""
        )
        .order_by("planned_start_at")
        .first()
    )
    days = {
        "Next visit": timezone.localdate(visit.planned_start_at) if visit else None,
        "In 6 weeks": calendar.after_weeks(today, 6),
        "End of term": calendar.end_of_term(today),
    }
    offered = {}
    for words, day in days.items():
        if day and day > today and calendar.is_open(day):
            offered.setdefault(day, f"{words}, {longdate(day)}")
    return list(offered.items())


def start_from(talk):
    """The texts of a plan as they begin: from a consultation, or empty."""
    names = ("concern", "strengths", "childs_view", "parents_view")
    texts = {name: getattr(talk, name) if talk else "" for name in names}
    return texts | {"tried": "\n".join(str(row) for row in talk.tried.all()) if talk else ""}


def rows_of_goals(goals):
    names = ("what", "rating", "expected", "rated_by", "at_zero", "at_ten")
    return [{name: getattr(goal, name) for name in names} for goal in goals]


class PlanWriting(OffersStrategies, LogsReading, DraftedForm):
    """What starting and changing a plan share."""

    policy = policies.can_write_plan
    kind = Draft.Kind.PLAN
    is_change = False

    def make_form(self, data=None):
        partnership = self.partnership
        people = list(SchoolPerson.objects.filter(partnership=partnership).working(self.today))
        steps = self.initial_steps()
        offers = {"people": people, "pages": self.pages(data, steps), "known": self.known_steps}
        return PlanForm(
            data,
            initial=self.initial_fields(),
            review_days=self.review_days,
            is_change=self.is_change,
            rows={
                "goals": GoalFormSet(
                    data, initial=self.initial_goals(), prefix="goals", form_kwargs={"starts": self.starts()}
                ),
                "steps": StepFormSet(data, initial=steps, prefix="steps", form_kwargs=offers),
            },
        )

    def post(self, request, *args, **kwargs):
        """Looking for more strategies keeps what was typed, unchecked."""
        if "find_more" not in request.POST:
            return super().post(request, *args, **kwargs)
        key = as_uuid(request.POST.get("form_key")) or uuid4()
        draft = self.keep(uuid4() if used_form_key(key) else key)
        return HttpResponseRedirect(reverse("consultations:draft-strategies", args=[draft.key]))

    def starts(self):
        """Where goals agreed in this cycle started. A plan that begins has none."""
        return {}

    @cached_property
    def review_days(self):
        return review_days(self.partnership, self.today)

    def save(self, form):
        version = self.write(form.content())
        return reverse("consultations:plan-check", args=[version.plan.reference]), "Draft saved. Check it."

    def saved_as(self, reference):
        return Plan.objects.visible_to(self.role).filter(case=self.case, reference=reference).first()

    def get_context_data(self, **kwargs):
        kwargs.setdefault("section", self.partnership.school.name)
        return super().get_context_data(
            page_title=f"Plan for {self.case.who_after_words}",
            tab_title=f"Write a plan, {self.record.reference}",
            submit_label="Continue",
            back_url=self.later_url(),
            **kwargs,
        )


class PlanAdd(PlanWriting):
    """C4, for a case that was just talked about: begins from what was logged."""

    def get_visible(self):
        return (
            Consultation.objects.visible_to(self.role)
            .for_list()
            .select_related("partnership__service")
            .prefetch_related("tried")
        )

    def get(self, request, *args, **kwargs):
        running = self.record.case.plans.filter(ended_on=None).first()
        # A draft can still be opened, to read what was typed.
        if running and not request.GET.get("draft"):
            messages.warning(request, HAS_A_PLAN)
            return HttpResponseRedirect(running.get_absolute_url())
        return super().get(request, *args, **kwargs)

    @property
    def case(self):
        return self.record.case

    @property
    def partnership(self):
        return self.record.partnership

    @property
    def talk(self):
        return self.record

    @property
    def themes(self):
        # The same, read with the record.
        return [row.theme for row in self.record.theme_rows.all()]

    def initial_fields(self):
        return start_from(self.record)

    def initial_goals(self):
        return [{}, {}, {}]

    def initial_steps(self):
        return self.suggestions() + [{}] * OWN_ROWS

    def draft_place(self):
        return {"partnership": self.partnership, "case": self.case, "visit": None}

    def write(self, content):
        return services.begin_plan(
            self.case, content, by=self.request.user, at=timezone.now(), consultation=self.record
        )

    def later_url(self):
        return self.record.visit.get_absolute_url()


class PlanEdit(VisiblePlans, PlanWriting):
    """C4 again: a draft is written over; an agreed or sent-back plan gets its next version."""

    def get(self, request, *args, **kwargs):
        refused = None if request.GET.get("draft") else self.refused()
        return refused or super().get(request, *args, **kwargs)

    def refused(self):
        """Back to the plan, with why nothing is written now; None where it can be."""
        words = why_not_written(self.record)
        if words is None:
            return None
        messages.warning(self.request, words)
        return HttpResponseRedirect(self.record.get_absolute_url())

    @property
    def base(self):
        """What the form begins from: the draft, else what was said last."""
        return reading.written_last(self.versions)

    @property
    def is_change(self):
        return self.base.number > 1 or self.base.status != PlanVersion.Status.DRAFT

    @property
    def case(self):
        return self.record.case

    @property
    def partnership(self):
        return self.record.partnership

    @property
    def talk(self):
        return self.record.consultation

    @property
    def steps_before(self):
        versions = [version for version in self.versions if version.pk != self.base.pk]
        return [step for version in [*versions, self.base] for step in version.steps.all()]

    def initial_fields(self):
        version = self.base
        names = [*PlanForm.TEXTS, "parents_know", "confidence"]
        offered = [day.isoformat() for day, _ in self.review_days]
        is_draft = version.status == PlanVersion.Status.DRAFT
        # A review since moved the date: the next version must not move it back.
        day = version.review_on if is_draft else self.record.review_on or version.review_on
        values = {name: getattr(version, name) for name in names} | {
            "review_choice": day.isoformat() if day.isoformat() in offered else "other",
            "review_on": day,
        }
        if is_draft:
            values["why_changed"] = version.why_changed
        return values

    def starts(self):
        return services.agreed_starts(self.versions)

    def initial_goals(self):
        return [*rows_of_goals(self.base.goals.all()), {}, {}][:3]

    def initial_steps(self):
        version = self.base
        is_draft = version.status == PlanVersion.Status.DRAFT
        by_default = timezone.localdate(version.written_at) if is_draft else None
        rows = rows_of_steps(version.steps.all(), by_default=by_default)
        taken = {row.get("strategy") for row in rows}
        return rows + self.suggestions(taken) + [{}] * OWN_ROWS

    def draft_place(self):
        return {"partnership": self.partnership, "case": self.case}

    def write(self, content):
        common = {"by": self.request.user, "at": timezone.now(), "opened_version": self.opened_version}
        if self.base.status == PlanVersion.Status.DRAFT:
            return services.rewrite_draft(self.base, content, **common)
        return services.change_plan(self.record, content, **common)

    def current_version(self):
        return self.base.version if self.base.status == PlanVersion.Status.DRAFT else self.record.version

    def compare(self, form, stale):
        """The draft as somebody else saved it, beside what was typed here."""
        self.versions = reading.versions_of(self.record, self.role)
        return {"differences": typed_differences(self.base, form.content())}

    def later_url(self):
        return self.record.get_absolute_url()
