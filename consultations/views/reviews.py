from datetime import timedelta
from functools import cache, partial

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.access import LogsReading
from consultations import check_ins, policies, reading, services
from consultations.forms import ReviewForm
from consultations.forms.conflict import answered_otherwise
from consultations.models import Draft, Plan, PlanVersion
from schools.services import calendar_of
from web.words import longdate

from .closed import MarksWhatIsClosed
from .drafting import DraftedForm
from .meanwhile import SavedMeanwhile
from .plans import VisiblePlans

USUAL_WEEKS = 6


class PlanReview(SavedMeanwhile, MarksWhatIsClosed, LogsReading, VisiblePlans, DraftedForm):
    """S3: three clicks from the task list, and room for more on the same page."""

    policy = policies.can_review_plan
    kind = Draft.Kind.REVIEW

    def get(self, request, *args, **kwargs):
        ended = self.record.ended_on and not request.GET.get("draft")
        if not self.in_force or ended:
            messages.warning(request, "Only an agreed plan that has not ended can be reviewed.")
            return HttpResponseRedirect(self.record.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs) if self.in_force else self.get(request)

    @cached_property
    def reviews(self):
        """Those before this one. What they say of each step is on no form."""
        return reading.rated_reviews_of_case(self.record, self.role)

    @property
    def in_force(self):
        return next((v for v in self.versions if v.status == PlanVersion.Status.AGREED), None)

    def make_form(self, data=None):
        goals = list(self.in_force.goals.all())
        return ReviewForm(
            data,
            goals=goals,
            steps=list(self.in_force.steps.all()),
            last_ratings=cache(partial(self.last_ratings_in_words, goals)),
            without_headway=self.record.without_headway,
            suggestions=cache(self.told_since_the_last_review),
            initial={"next_review_on": self.next_date},
        )

    def last_ratings_in_words(self, goals):
        ratings = reading.last_ratings(goals, self.reviews)
        return {
            key: f"Last time: {rating}, on {longdate(when or self.in_force.agreed_at)}."
            for key, (rating, when) in ratings.items()
        }

    def told_since_the_last_review(self):
        """What those who carry it out told of each step: to read beside the question, never chosen."""
        own = [review.reviewed_at for review in self.reviews if review.plan_id == self.record.pk]
        return check_ins.suggestions_for(self.record, self.role, since=max(own, default=None))

    def next_date(self):
        """An open day after 6 school weeks, or a weekday where nobody has entered a calendar that far: always
        filled in, and after every step has begun."""
        calendar = calendar_of(self.record.partnership, since=self.today)
        begun = max(step.from_on for step in self.in_force.steps.all()) + timedelta(days=1)
        usual = calendar.after_weeks(self.today, USUAL_WEEKS) or self.today + timedelta(weeks=USUAL_WEEKS)
        day = max(usual, begun)
        weekday = day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
        return calendar.next_open(day) or weekday

    def draft_place(self):
        return {"partnership": self.record.partnership, "case": self.record.case}

    def saved_form(self):
        form, theirs = self.make_form(), self.newest_review()
        return form.as_in(theirs) if theirs else form

    def save(self, form):
        theirs = self.newest_review() if "choosing" in self.request.POST else None
        if theirs and not answered_otherwise(form, self.saved_form()):
            # A second review that says what the first says would count as one more without headway.
            stands = f"The review by {theirs.reviewed_by} stands. Yours said the same and was not added."
            return self.record.get_absolute_url(), stands
        review = services.review_plan(
            self.record,
            form.content(),
            by=self.request.user,
            at=timezone.now(),
            opened_version=self.opened_version,
        )
        to = self.record.get_absolute_url() if review.what_next else reverse("home:start")
        return to, f"Review of plan {self.record.reference} saved."

    def later_url(self):
        return self.record.get_absolute_url()

    def version_read(self):
        return self.record.version

    def current_version(self):
        return Plan.objects.values_list("version", flat=True).get(pk=self.record.pk)

    def compare(self, form, stale):
        """The review that somebody else saved, answer by answer, beside what was typed here."""
        found = self.meanwhile()
        theirs = found["newest_review"]
        return found | {"differences": answered_otherwise(form, self.saved_form()) if theirs else []}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_title=f"Review the plan for {self.record.case.who_after_words}",
            tab_title=f"Review plan {self.record.reference}",
            submit_label="Save review",
            back_url=self.record.get_absolute_url(),
            back_text="Back to the plan",
            intro=(reading.past_the_rule(self.record, self.reviews) or {}).get("chosen"),
            **kwargs,
        )
