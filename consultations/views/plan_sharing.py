"""A plan that was closed to the school, and the copy of a plan for parents or carers."""

from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.views.generic import FormView

from accounts.access import ButtonView, LogsReading, PolicyMixin
from consultations import policies, reading, services
from consultations.forms import HandOverForm
from consultations.models import Share
from consultations.papers.as_read import mark_of_words, words_were_read
from consultations.papers.parents_copy import words_of_copy
from consultations.papers.ratings import for_page

from .closed import MarksWhatIsClosed
from .drafting import add_refusal
from .handing_out import CHANGED
from .plans import VisiblePlans


class PlanShareAgain(VisiblePlans, ButtonView):
    policy = policies.can_share

    def press(self, plan):
        services.share_plan_again(plan, by=self.request.user, at=timezone.now())
        return "The school can read this plan again."


class ParentsCopy(MarksWhatIsClosed, LogsReading, VisiblePlans, PolicyMixin, FormView):
    """The words parents or carers get, read before they are frozen and handed over."""

    policy = policies.can_hand_over
    template_name = "consultations/parents_copy.html"
    form_class = HandOverForm

    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs) if self.version else self.nothing_agreed()

    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs) if self.version else self.nothing_agreed()

    @property
    def version(self):
        """The version in force, which alone is handed out."""
        return reading.in_force(self.versions)

    def nothing_agreed(self):
        return HttpResponseRedirect(self.record.get_absolute_url())

    def get_initial(self):
        return {"handed_on": self.today}

    @property
    def words(self):
        """What parents would read: of which version, and its text."""
        return [self.version.pk, services.parents_copy(self.version)]

    def form_valid(self, form):
        data = form.cleaned_data
        try:
            if not words_were_read(self.words, self.request.user, self.request.POST.get("read", "")):
                raise ValidationError(CHANGED)
            share = services.hand_to_parents(
                self.version,
                to=data["handed_to"],
                on=data["handed_on"],
                by=self.request.user,
                at=timezone.now(),
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        return HttpResponseRedirect(share.get_absolute_url())

    def copies(self):
        """Those handed over before. A school reads of a closed one no name."""
        copies = Share.objects.visible_to(self.role).filter(plan=self.record, audience=Share.Audience.PARENTS)
        clinical = policies.can_share(self.role, self.record)
        return (copies if clinical else copies.open_on(self.today)).for_list()

    def get_context_data(self, **kwargs):
        words = self.words
        for_school = self.version.shares.filter(audience=Share.Audience.LINK_STAFF)
        return super().get_context_data(
            read=mark_of_words(words, self.request.user),
            blocks=for_page(words_of_copy(words[-1])),
            handed=self.copies(),
            closed_to_school=not for_school.open_on(self.today).exists(),
            back_url=self.record.get_absolute_url(),
            **kwargs,
        )
