"""A clinician leaves: the lead ends their roles and hands the unfinished work over, after a look at it."""

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.access import PolicyMixin, address_of
from accounts.models import User
from accounts.user_views import VisibleUsers
from consultations.models import Draft
from home import policies, services
from home.user_forms import LeavingForm
from schools.models import Visit
from schools.views.checked import CheckedForm
from schools.views.once import add_refusal
from web.words import longdate

# What the page that asks sends along is a digest, and the numbers of each school.
LONGEST = 20_000


class Leaving(VisibleUsers, CheckedForm):
    """What there is to hand over is shown in numbers: the lead reads no draft and no child's name here.

    Done is what the page that asks showed, or nothing: what is otherwise by then is shown first.
    """

    policy = policies.can_hand_over
    template_name = "home/leaving.html"
    form_class = LeavingForm

    @cached_property
    def clinicians(self):
        return services.clinicians_of(self.role.service, self.today, but=self.record)

    @cached_property
    def work(self):
        return services.work_of(self.role, self.record, from_on=self.today, today=self.today)

    def get_form_kwargs(self):
        schools = self.work.partnerships
        return super().get_form_kwargs() | {"clinicians": self.clinicians, "schools": schools}

    def get_initial(self):
        return {"from_on": self.today}

    def check(self, form):
        try:
            plan = services.preview_leaving(self.role, self.record, at=timezone.now(), **form.terms())
        except ValidationError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        return self.show(form, plan)

    def show(self, form, plan, before=None):
        """What is going to happen. `before` is what was confirmed and is not that: nothing was done."""
        others = [clash.other.pk for school in plan.schools for clash in school.clashes]
        may_see = Visit.objects.visible_to(self.role).filter(pk__in=others).values_list("pk", flat=True)
        return self.render_to_response(
            self.get_context_data(
                form=form,
                plan=plan,
                is_other=before is not None,
                changes=list(plan.changes(before)) if before else [],
                may_see=set(may_see) if others else set(),
                schools=[(school, rows_of(school)) for school in plan.schools],
                to_decide=plan.count("clashes"),
                drafts=plan.count("drafts"),
                is_ahead=plan.from_on > self.today,
                seen=plan.seen(),
                **self.checking(),
            )
        )

    def confirmed(self, form):
        try:
            return super().confirmed(form)
        except services.LeavingChanged as changed:
            return self.show(form, changed.plan, before=self.seen)

    @property
    def seen(self):
        return self.request.POST.get("seen", "")[:LONGEST]

    def carry_out(self, form):
        signed = {"reason": form.cleaned_data["reason"], "at": timezone.now()}
        signed["address"] = address_of(self.request)
        plan = services.hand_over(self.role, self.record, seen=self.seen, **form.terms(), **signed)
        to = plan.names() or form.cleaned_data["to"]
        url = reverse("home:visits-to-decide") if plan.count("clashes") else self.user_url()
        return url, f"Handed to {to}: {plan.in_words()}."

    def get_context_data(self, **kwargs):
        name = "Check before you hand over" if kwargs.get("checking") else f"{self.record} leaves"
        return super().get_context_data(
            person=self.record,
            section=self.role.place,
            rows=[
                ("Roles that end", len(self.work.roles)),
                ("Drafts", len(self.work.drafts)),
                ("Visits not finished", len(self.work.visits)),
                ("Visit patterns", len(self.work.patterns)),
                ("Schools the work is at", len(self.work.partnerships)),
            ],
            clinicians=self.clinicians,
            page_title=name,
            back_url=self.user_url(),
            **kwargs,
        )


def rows_of(school):
    """What the page that asks says of one school: its numbers, and nothing where there is none."""
    linked = "" if school.is_linked else ", linked to the school from today"
    yield "Who goes on", f"{school.to}{linked}"
    yield "Visits", len(school.visits)
    for split in school.splits:
        goes_on = split.from_on <= split.pattern.until_on
        yield "Visit pattern", f"{split.pattern}, {f'from {longdate(split.from_on)}' if goes_on else 'ends'}"
    yield "Cases", school.cases
    yield "Requests", school.requests
    more = {"Visits to decide": len(school.clashes), "Reviews due": school.reviews}
    more["Drafts"] = len(school.drafts)
    yield from ((name, number) for name, number in more.items() if number)


class VisitsToDecide(PolicyMixin, TemplateView):
    """Visits in the name of somebody who left, until somebody else makes each, or it is called off."""

    policy = policies.can_decide_visits
    template_name = "home/visits_to_decide.html"

    def get_context_data(self, **kwargs):
        drafts = Draft.objects.left_behind(self.role.service, self.today)
        numbers = drafts.order_by().values_list("author").annotate(number=Count("pk"))
        people = User.objects.in_bulk([author for author, _ in numbers])
        return super().get_context_data(
            visits=Visit.objects.visible_to(self.role).nobody_comes(self.today),
            drafts=[(people[author], number) for author, number in numbers],
            **kwargs,
        )
