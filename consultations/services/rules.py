"""What a service and a school set about their plans; where they set nothing, the defaults."""

from django.db import transaction

from accounts.services import save_tracked
from consultations.models import PlanRules, SchoolRules
from schools.models import Partnership, Service

# Of rules that are not kept yet. The first that are kept have version 1.
NOT_KEPT = 0


def plan_rules_of(service):
    """The rules of a service; the defaults, not saved, while it has set none."""
    return PlanRules.objects.filter(service=service).first() or PlanRules(service=service, version=NOT_KEPT)


def school_rules_of(partnership):
    """The rules of a school; the defaults, not saved, while it has set none."""
    kept = SchoolRules.objects.filter(partnership=partnership).first()
    return kept or SchoolRules(partnership=partnership, version=NOT_KEPT)


@transaction.atomic
def set_plan_rules(service, values, *, by, opened_version):
    """Keep what a service lead set; `values` are columns of PlanRules. Raises StaleVersion, and
    ValidationError for numbers that make no sense."""
    # Two who set the first rules at once wait for each other here: there is no row of rules to lock yet.
    Service.objects.select_for_update().get(pk=service.pk)
    rules = plan_rules_of(service)
    return _keep(rules, values, by, opened_version, "Rules of plans changed")


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
