"""The pages of the library that the steps of a plan are taken from, as they are when it is saved."""

from django.core.exceptions import ValidationError

from resources.models import StrategyPage

GONE = "“{}” is no longer in the library. Choose something else, or write your own words."


def pages_still_there(steps):
    """The keys of the pages of these steps that exist, with whether each is published.

    They are locked: one deleted before the plan is saved would leave a step that refers to nothing.
    """
    wanted = {key for step in steps if (key := step.columns()["strategy_id"])}
    if not wanted:
        return {}
    rows = StrategyPage.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=wanted)
    return dict(rows.order_by("pk").values_list("pk", "live"))


def require_in_library(steps, there):
    """What is chosen now has to be there to read. What goes on from an earlier version stays as it was."""
    for step in steps:
        if step.strategy and not step.kept and not there.get(step.strategy.pk):
            raise ValidationError(GONE.format(step.what))
