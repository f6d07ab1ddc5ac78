"""The strategies of the library in the rows of C4: those that fit the case, and those it came back with."""

from django.utils.functional import cached_property

from resources.models import StrategyPage
from resources.services import suggest_strategies, why_it_fits

OWN_ROWS = 2


def rows_of_steps(steps, *, by_default=None, begin_anew=False):
    """Rows of the form. Each says since when it runs, but on `by_default`, the day nobody chose; and not
    where all of them begin anew."""
    return [
        row_of_step(step, None if begin_anew or step.from_on == by_default else step.from_on)
        for step in steps
    ]


def row_of_step(step, began):
    row = {"who": step.who_id, "how_often": step.how_often, "note": step.note}
    row |= {"who_was": step.who_was, "began": began}
    if not step.is_from_library:
        return row | {"what": step.what}
    return row | {"strategy": step.strategy_id, "kept": step.identity.hex, "chosen": True}


class OffersStrategies:
    """A subclass gives `case`, `talk` (the consultation that the plan comes from, or None) and
    `steps_before`."""

    @cached_property
    def themes(self):
        """What the case was about when this plan was talked about, whatever was talked about since."""
        return list(self.talk.themes.all()) if self.talk else []

    @property
    def steps_before(self):
        """The steps of earlier versions that may go on in this one."""
        return []

    @property
    def known_steps(self):
        """Those that were taken from the library, by identity: the newest of each."""
        return {step.identity.hex: step for step in self.steps_before if step.is_from_library}

    @property
    def wanted(self):
        """What a strategy has to fit: the themes, the key stage and the setting of the case."""
        theme_ids = [theme.pk for theme in self.themes]
        return theme_ids, self.case.key_stage_on(self.today), self.case.setting

    @cached_property
    def offered(self):
        return suggest_strategies(*self.wanted)

    def suggestions(self, taken=()):
        """Rows of the form for the strategies that fit best and are not among the keys that are `taken`."""
        return [{"strategy": page.pk} for page in self.offered if page.pk not in taken]

    def pages(self, data, rows):
        """The library pages this form may hold, by key, each with `why` it is offered: those of its `rows`
        that fit the case best, or those the form came back with."""
        begins_with = self.offered if any(row.keys() == {"strategy"} for row in rows) else []
        found = begins_with if data is None else self.pages_in(data)
        for page in found:
            page.why = why_it_fits(page, *self.wanted)
        return {str(page.pk): page for page in found}

    def pages_in(self, data):
        keys = [v for k, v in data.items() if k.startswith("steps-") and k.endswith("-strategy")]
        keys = [key for key in keys if key.isdecimal() and len(key) < 10]
        return StrategyPage.objects.visible_to(self.role).filter(pk__in=keys).prefetch_related("themes")
