"""S4: what a school asks to talk about, and the order it puts that in."""

from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.access import ButtonView, PolicyMixin
from consultations import policies, services
from consultations.forms import RequestForm
from consultations.forms.request import SHOWN_CASES
from consultations.models import Case, DiscussionRequest
from schools.models import Visit

from .naming import AsksAboutNames
from .once import OnceForm

ANSWERED_SHOWN = 20


def next_visit_of(role, today):
    return Visit.objects.visible_to(role).ahead(today).first()


class RequestList(PolicyMixin, TemplateView):
    """What waits, in the order of the school, and what became of the last ones."""

    policy = policies.can_list_requests
    template_name = "consultations/request_list.html"

    def get_context_data(self, **kwargs):
        rows = DiscussionRequest.objects.visible_to(self.role).for_list(self.role)
        return super().get_context_data(
            waiting=list(rows.waiting()),
            answered=list(rows.answered()[:ANSWERED_SHOWN]),
            next_visit=next_visit_of(self.role, self.today),
            section=self.role.place,
            **kwargs,
        )


class RequestAdd(AsksAboutNames, OnceForm):
    """Ask to discuss somebody. Whom, one sentence, and no name of a child who is not shared already."""

    policy = policies.can_ask_to_discuss
    form_class = RequestForm
    template_name = "consultations/request_add.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"cases": self.cases()}

    def cases(self):
        """Those the school may open and that go on here, the newest first."""
        cases = Case.objects.visible_to(self.role).exclude(stage=Case.Stage.CLOSED)
        return cases.filter(promoted_to=None, moved_to=None).order_by("-pk")[:SHOWN_CASES]

    def form_valid(self, form):
        lane = form.case.lane if form.case else Case.Lane.NO_NAMES
        if self.must_ask_about_names(form.free_texts(), lane=lane, partnership=self.role.partnership):
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)

    def save(self, form):
        at, by = timezone.now(), self.request.user
        services.ask_to_discuss(self.role.partnership, form.new_request(), by=by, at=at)
        return reverse("consultations:request-list"), "Request sent."

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            next_visit=next_visit_of(self.role, self.today),
            page_title="Ask to discuss",
            submit_label="Send request",
            back_url=reverse("consultations:request-list"),
            back_text="Back to what you asked",
            section=self.role.place,
            **self.about_names(),
            **kwargs,
        )


class RequestButton(ButtonView):
    policy = policies.can_ask_to_discuss

    def get_visible(self):
        return DiscussionRequest.objects.visible_to(self.role).select_related("partnership")

    def get_return_url(self):
        return reverse("consultations:request-list")

    @property
    def who_and_what(self):
        return {"by": self.request.user, "opened_version": self.opened_version}


class RequestUp(RequestButton):
    def press(self, request):
        services.move_request_up(request, **self.who_and_what)


class RequestDown(RequestButton):
    def press(self, request):
        services.move_request_down(request, **self.who_and_what)


class RequestWithdraw(RequestButton):
    def press(self, request):
        services.withdraw_request(request, at=timezone.now(), **self.who_and_what)
        return "Request withdrawn."


class RequestPhoned(RequestButton):
    """The clinician phoned, as the school asked: nothing is left of it for the visit."""

    policy = policies.can_close_as_phoned

    def press(self, request):
        services.close_as_phoned(request, at=timezone.now(), **self.who_and_what)
        return "The request is closed. You talked on the phone."

    def get_return_url(self):
        """The visit that the button stood on, if it is one."""
        asked = self.request.POST.get("visit", "").replace("\0", "")
        visit = Visit.objects.visible_to(self.role).filter(reference=asked).first()
        return visit.get_absolute_url() if visit else reverse("home:today")
