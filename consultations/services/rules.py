"""What a service and a school set about their plans; where they set nothing, the defaults."""

from django.db import transaction

from accounts.services import save_tracked
from consultations.models import PlanRules, SchoolRules
from schools.models import Partnership, Service

from .runs import recount_runs

# Of rules that are not kept yet. The first that are kept have version 1.
NOT_KEPT = 0
CHANGED = "Rules of plans changed"


def plan_rules_of(service):
    """The rules of a service; the defaults, not saved, while it has set none."""
    return PlanRules.objects.filter(service=service).first() or PlanRules(service=service, version=NOT_KEPT)


def school_rules_of(partnership):
    """The rules of a school; the defaults, not saved, while it has set none."""
    kept = SchoolRules.objects.filter(partnership=partnership).first()
    return kept or SchoolRules(partnership=partnership, version=NOT_KEPT)


@transaction.atomic
def set_plan_rules(service, values, *, by, opened_version):
    """Keep what a service lead set; `values` are columns of PlanRules. With fewer reviews without headway
    allowed, a run that was answered ends. Raises StaleVersion, and ValidationError for numbers that make no
    sense."""
    # Before the service is locked: whoever hands out a paper holds a case and waits for its service.
    fewer = values.get("reviews_without_headway")
    if fewer in range(1, plan_rules_of(service).reviews_without_headway):
        recount_runs(service, fewer, by=by, reason=CHANGED)
    # Two who set the first rules at once wait for each other here: there is no row of rules to lock yet.
    Service.objects.select_for_update().get(pk=service.pk)
    rules = plan_rules_of(service)
    return _keep(rules, values, by, opened_version, CHANGED)


@transaction.atomic
def set_school_rules(partnership, *, uses_scale, by, opened_version):
    """Switch the scale from -2 to +2 on or off for a school. Raises StaleVersion."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    rules = school_rules_of(partnership)
    reason = "Scale switched on" if uses_scale else "Scale switched off"
    return _keep(rules, {"uses_scale": uses_scale}, by, opened_version, reason)


def _keep(rules, values, by, opened_version, reason):
    rules.require_version(opened_version)
    if not rules.pk:
        rules.version = 1
    for name, value in values.items():
        setattr(rules, name, value)
    return save_tracked(rules, by=by, reason=reason)
