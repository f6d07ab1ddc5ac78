"""C5: strategies of the library for a plan that is being written. What is added stands in one's draft."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.access import LogsReading, PolicyMixin, posted_number
from consultations import policies
from consultations.forms.chosen import chosen_in, with_strategy, without_strategy
from consultations.forms.conflict import with_saved
from consultations.models import Draft
from consultations.services import change_draft, keep_draft
from consultations.services.plans import locked_plan
from resources.forms import SearchForm
from resources.models import StrategyPage
from resources.services import why_it_fits
from web.numbered_pages import NumberedPages

from .draft_plan import AboutADraft
from .drafting import as_kept
from .gone_draft import LeadsOnFromGone
from .offering import OffersStrategies
from .planning import PlanEdit
from .refusing import RefusesAtOnce

PAGE = 25
NO_LONGER = "This strategy is no longer in the library."


class ChoosesStrategies(NumberedPages, OffersStrategies):
    """A subclass gives `case`, `partnership`, `talk`, `payload` (C4 as it was typed, or as it would begin),
    `back_url` to C4, `in_library` (what an address in the library says to lead back here), and
    `draft_to_write()`."""

    template_name = "consultations/strategies.html"

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs):
        draft = None
        try:
            draft, message = self.change()
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
        else:
            messages.success(request, message)
        here = draft_url(draft) if draft else request.path
        query = request.GET.urlencode()
        return HttpResponseRedirect(f"{here}?{query}" if query else here)

    @transaction.atomic
    def change(self):
        """Add a strategy to the draft or take it out. Returns the draft and what to say."""
        out = posted_number(self.request, "take_out")
        if out:
            title = dict(self.chosen).get(str(out), "It")
            change, message = (lambda payload: without_strategy(payload, out)), f"“{title}” was taken out."
        else:
            page = self.page_to_add()
            change, message = (lambda payload: with_strategy(payload, page)), f"“{page.title}” was added."
        return change_draft(self.draft_to_write(), change, at=timezone.now()), message

    def page_to_add(self):
        key = posted_number(self.request, "add")
        page = StrategyPage.objects.visible_to(self.role).filter(pk=key).first()
        if page is None:
            raise ValidationError(NO_LONGER)
        return page

    @cached_property
    def chosen(self):
        return self.with_titles(chosen_in(self.payload))

    def with_titles(self, chosen):
        """A row that does not say its title is called what the page is called; without a page it is none."""
        keys = [key for key, title in chosen if not title and key.isdecimal() and len(key) < 10]
        pages = StrategyPage.objects.visible_to(self.role).filter(pk__in=keys) if keys else []
        titles = {str(page.pk): page.title for page in pages}
        named = [(key, title or titles.get(key)) for key, title in chosen]
        return [(key, title) for key, title in named if title]

    def search(self):
        """What was asked for; at first, strategies about what the case is about, for its age."""
        if self.request.GET:
            return SearchForm(self.request.GET, role=self.role)
        about = self.themes[0].slug if self.themes else ""
        asked = {"theme": about, "key_stage": self.case.key_stage_on(self.today) or ""}
        return SearchForm(asked, role=self.role)

    def get_context_data(self, **kwargs):
        form = self.search()
        rows = form.narrow(StrategyPage.objects.visible_to(self.role).for_list())
        found, other_pages = self.rows_here(rows, PAGE)
        for page in found:
            page.why = why_it_fits(page, *self.wanted)
        return super().get_context_data(**kwargs) | {
            "form": form,
            "strategies": found,
            "chosen": self.chosen,
            "chosen_keys": {key for key, _ in self.chosen},
            "other_pages": other_pages,
            "number": self.number,
            "case": self.case,
            "back_url": self.back_url,
            "in_library": self.in_library,
            "section": self.partnership.school.name,
        }


class PlanStrategies(ChoosesStrategies, PlanEdit):
    """C5 from the page of a plan, where nothing may be typed yet."""

    def get(self, request, *args, **kwargs):
        return self.refused() or super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return self.refused() or super().post(request, *args, **kwargs)

    @property
    def in_library(self):
        return f"plan={self.record.reference}"

    @cached_property
    def draft(self):
        """One's own newest draft of C4 for this plan; None when nothing was typed."""
        own = Draft.objects.visible_to(self.role).filter(kind=self.kind, path=self.form_url)
        return own.order_by("-saved_at", "-pk").first()

    @property
    def form_url(self):
        return reverse("consultations:plan-edit", args=[self.record.reference])

    @property
    def back_url(self):
        return self.draft.resume_url if self.draft else self.form_url

    @cached_property
    def chosen(self):
        """Without a draft those of the plan as it stands: to make the whole form would take as long as C4."""
        if self.draft:
            return self.with_titles(chosen_in(self.draft.payload))
        steps = [step for step in self.base.steps.all() if step.is_from_library]
        return [(str(step.strategy_id or ""), step.strategy_title) for step in steps]

    @cached_property
    def payload(self):
        return self.draft.payload if self.draft else self.as_it_begins()

    def as_it_begins(self):
        """C4 as a browser would send it if nothing were typed."""
        form = self.make_form()
        data = with_saved(QueryDict(mutable=True), form, [*form.fields, *form.rows])
        data["opened_version"] = str(self.current_version())
        return as_kept(data)

    def draft_to_write(self):
        # Whoever presses twice waits here, and finds the draft of the first press.
        locked_plan(self.record.pk)
        self.__dict__.pop("draft", None)
        if self.draft:
            return self.draft
        place = {"kind": self.kind, **self.draft_place()}
        common = {"by": self.request.user, "at": timezone.now(), "page": uuid4(), "path": self.form_url}
        return keep_draft(uuid4(), self.payload, **common, **place)


class DraftStrategies(
    LeadsOnFromGone, AboutADraft, RefusesAtOnce, ChoosesStrategies, LogsReading, PolicyMixin, TemplateView
):
    """C5 from C4, whose draft it adds to."""

    policy = policies.can_write_plan
    lookup = "key"

    def get_visible(self):
        return drafts_of_plans(self.role).select_related("case", "partnership__school")

    @property
    def case(self):
        return self.record.case

    @property
    def partnership(self):
        return self.record.partnership

    def get_read_record(self):
        return self.record.case

    @property
    def in_library(self):
        return f"draft={self.record.key}"

    @property
    def back_url(self):
        return self.record.resume_url

    @property
    def payload(self):
        return self.record.payload

    def post(self, request, *args, **kwargs):
        # `get` says why not, and leads back.
        return super().post(request, *args, **kwargs) if self.why_not() is None else self.get(request)

    def draft_to_write(self):
        return self.record


def drafts_of_plans(role):
    """One's own drafts of C4. What a school changes of a plan is a draft of another page."""
    own = Draft.objects.visible_to(role).filter(kind=Draft.Kind.PLAN, case__isnull=False)
    return own.exclude(path__endswith="/school-change/")


def draft_url(draft):
    return reverse("consultations:draft-strategies", args=[draft.key])
