from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import RoleRow, StaleVersion
from schools import policies
from schools.balance import balances_of
from schools.forms import PatternForm
from schools.free_slots import clinicians_of
from schools.models import Visit, VisitPattern, academic_year_from, academic_year_of
from schools.services import PlanChanged, apply_pattern, digest_of_plan, plan_visits
from web.words import counted

from .checked import CheckedForm
from .once import CHANGED, add_refusal
from .school import OfSchool

HALF_DAY = {"every_weeks": 2, "minutes": 180}


class PatternPage(OfSchool, CheckedForm):
    """A visit pattern, saved after a page that says which visits it makes, moves and takes out.

    Done is what that page showed, or nothing: what is otherwise by then is shown first.
    """

    policy = policies.can_keep_patterns
    template_name = "schools/pattern.html"
    form_class = PatternForm
    tab = "visits"
    pattern = None
    seen_version = None

    @cached_property
    def clinicians(self):
        """{key: who may be chosen}: those linked to the school, and whose pattern it is."""
        whose = {str(self.pattern.clinician_id): self.pattern.clinician} if self.pattern else {}
        return self.linked | whose

    @cached_property
    def linked(self):
        return {str(one.pk): one for one in clinicians_of(self.record, self.today)}

    def get_form_kwargs(self):
        named = [(key, str(one)) for key, one in self.clinicians.items()]
        return super().get_form_kwargs() | {
            "clinicians": named,
            "today": self.today,
            "pattern": self.pattern,
            "has_left": bool(self.pattern and str(self.pattern.clinician_id) not in self.linked),
        }

    def get_initial(self):
        """Half days by the clinician who asks, until the end of the school year."""
        mine = self.role.person_id if self.role.kind == RoleRow.Kind.CLINICIAN else None
        _, last_on = academic_year_from(academic_year_of(self.today))
        return HALF_DAY | {"clinician": mine, "from_on": self.today, "until_on": last_on}

    def proposed(self, form):
        """The pattern as it is going to be, not saved."""
        pattern = VisitPattern(partnership=self.record)
        if self.pattern:
            pattern = VisitPattern.objects.get(pk=self.pattern.pk)
            pattern.partnership = self.record
        for name, value in form.terms().items():
            setattr(pattern, name, value)
        pattern.clinician = self.clinicians[form.cleaned_data["clinician"]]
        return pattern

    def check(self, form, plan=None):
        """What is going to happen. A `plan` comes with what was confirmed and is not that any more."""
        pattern, is_other = self.proposed(form), plan is not None
        try:
            pattern.full_clean()
        except ValidationError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        before = self.pattern and self.pattern.clinician
        plan = plan or plan_visits(pattern, now=timezone.now(), clinician_before=before)
        clashes = [one.clash.pk for one in plan.refused if one.clash]
        may_see = set(Visit.objects.visible_to(self.role).filter(pk__in=clashes).values_list("pk", flat=True))
        return self.render_to_response(
            self.get_context_data(
                form=form,
                plan=plan,
                is_other=is_other,
                proposed=pattern,
                is_told=bool(self.pattern and plan.changes_something),
                refused=[(one, one.clash and one.clash.pk in may_see) for one in plan.refused],
                seen=digest_of_plan(plan),
                **self.checking(),
            )
        )

    def confirmed(self, form):
        try:
            return super().confirmed(form)
        except PlanChanged as changed:
            return self.check(form, plan=changed.plan)
        except StaleVersion as stale:
            self.seen_version = stale.record.version
            form.add_error(None, CHANGED)
            return self.form_invalid(form)

    def carry_out(self, form):
        seen = self.request.POST.get("seen", "")[:100]
        signed = {"by": self.request.user, "at": timezone.now(), "opened_version": self.opened_version}
        plan = apply_pattern(self.proposed(form), seen=seen, **signed)
        url = reverse("schools:school-visits", args=[self.record.school.urn])
        return url, f"Visit pattern saved: {said_of(plan)}."

    def get_context_data(self, **kwargs):
        name = "Change a visit pattern" if self.pattern else "Add a visit pattern"
        version = self.seen_version or self.opened_version or getattr(self.pattern, "version", 0)
        return super().get_context_data(
            page_title="Check the visits" if kwargs.get("checking") else name,
            back_url=reverse("schools:school-visits", args=[self.record.school.urn]),
            back_text="Back to the visits",
            opened_version=version,
            **kwargs,
        )


class PatternAdd(PatternPage):
    def get_context_data(self, **kwargs):
        """Where the clinicians have room, as long as nothing is chosen."""
        weeks, balances = 0, []
        if not kwargs.get("checking"):
            weeks, balances = balances_of(self.clinicians.values(), self.record, self.today)
        said = [(clinician, balance.in_words()) for clinician, balance in balances]
        return super().get_context_data(balanced_weeks=weeks, balances=said, **kwargs)


class PatternChange(PatternPage):
    @cached_property
    def pattern(self):
        patterns = VisitPattern.objects.visible_to(self.role).filter(partnership=self.record)
        return get_object_or_404(patterns.select_related("clinician"), pk=self.kwargs["pk"])

    def get_initial(self):
        names = [*PatternForm.base_fields]
        values = {name: getattr(self.pattern, name) for name in names if name != "clinician"}
        return values | {"clinician": str(self.pattern.clinician_id)}


def said_of(plan):
    """ "14 visits made, 2 visits moved"."""
    parts = {"made": plan.made, "moved": plan.moved, "taken out": plan.dropped}
    said = [f"{counted(len(found), 'visit')} {what}" for what, found in parts.items() if found]
    return ", ".join(said) or "no visit changed"
