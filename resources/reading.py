"""What readers may know of how strategies were used: sums over all schools, as they were last shown."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Sum

from resources.models import KeyStage, Setting, StrategyPage, UseCount
from resources.models.use import NUMBERS
from web.small_numbers import FEWEST

Stand = UseCount.Stand
TOO_FEW = "Too few plans at different schools have used this for numbers to be shown yet."
NOT_REVIEWED = "Too few of them have been reviewed to say if it helped."
ANSWERS = {
    Stand.HAPPENED: {"yes": "Yes", "sometimes": "Sometimes", "no": "No", "open": "Not answered"},
    Stand.HELPED: {
        **{"yes": "Yes", "a_bit": "A bit", "no": "No", "too_soon": "Too soon to say"},
        "open": "Not answered",
    },
}


@dataclass
class Worked:
    """What is shown of one strategy: for each view (a stand of UseCount) its numbers by setting and key
    stage. A view that is not shown is empty."""

    views: dict = field(default_factory=lambda: defaultdict(dict))

    def number(self, stand, name):
        return sum(numbers[name] for numbers in self.views[stand].values())

    @property
    def is_used(self):
        """Whether enough plans used it for that to be told.

        How many is never told: how many of them wait for a review would come out, now or later, in all or for
        a school that takes away its own.
        """
        return bool(self.reviewed or self.number(Stand.USED, "used"))

    @property
    def reviewed(self):
        return self.number(Stand.TOTAL, "reviewed")

    @property
    def helped(self):
        return self.number(Stand.TOTAL, "helped_yes") + self.number(Stand.TOTAL, "helped_a_bit")

    @property
    def sentence(self):
        """ "Used in 9 or more plans, helped in 9 of 9 reviewed." """
        reviewed = self.reviewed
        if reviewed:
            return f"Used in {reviewed} or more plans, helped in {self.helped} of {reviewed} reviewed."
        return f"Used in {FEWEST} or more plans. {NOT_REVIEWED}" if self.is_used else TOO_FEW

    @property
    def happened(self):
        return self.answers(Stand.HAPPENED)

    @property
    def helped_answers(self):
        return self.answers(Stand.HELPED)

    def answers(self, stand):
        """(answer in words, in how many plans) for one of the two questions; none where it is not shown."""
        if not self.views[stand]:
            return []
        words = ANSWERS[stand]
        found = {answer: self.number(stand, f"{stand}_{answer}") for answer in words if answer != "open"}
        found["open"] = self.number(stand, "reviewed") - sum(found.values())
        return [(words[answer], number) for answer, number in found.items() if number or answer != "open"]

    @property
    def is_not_kept_up(self):
        """Whether "did it happen" is answered with no more often than with anything else, as far as shown."""
        numbers = dict(self.happened)
        return bool(numbers) and numbers.pop("No") > max(numbers.values())

    @property
    def standing(self):
        """For editors."""
        if not self.is_used:
            return "Never used, or too little to show"
        return "Not kept up" if self.is_not_kept_up else "Used"

    @property
    def places(self):
        """Rows (setting, key stage, helped, reviewed); a setting goes before its key stages."""
        settings = self.by(Stand.SETTINGS, lambda place: (place[0], None))
        stages = self.by(Stand.STAGES, lambda place: place)
        rows = sorted((settings | stages).items(), key=lambda item: in_order(item[0]))
        return [(*in_words(place), *numbers) for place, numbers in rows]

    def by(self, stand, part_of):
        found = defaultdict(lambda: (0, 0))
        for place, numbers in self.views[stand].items():
            helped, reviewed = found[part_of(place)]
            more = numbers["helped_yes"] + numbers["helped_a_bit"]
            found[part_of(place)] = helped + more, reviewed + numbers["reviewed"]
        return {part: numbers for part, numbers in found.items() if numbers[1]}


def in_order(place):
    setting, stage = place
    stages = [None, *KeyStage.values, ""]
    return Setting.values.index(setting), stages.index(stage)


def in_words(place):
    setting, stage = place
    if stage is None:
        return Setting(setting).label, "All ages"
    return Setting(setting).label, KeyStage(stage).label if stage else "No year group"


def what_worked(pages):
    """{key of a page: Worked} for those of these strategies that have figures, in two queries."""
    keys = [page.pk for page in pages]
    having = StrategyPage.objects.with_figures().filter(pk__in=keys)
    found = {key: Worked() for key in having.values_list("pk", flat=True)}
    counts = UseCount.objects.filter(strategy__in=found).exclude(stand__in=[Stand.NOW, Stand.LOOKED])
    sums = counts.values("strategy", "stand", "setting", "key_stage").order_by()
    for row in sums.annotate(**{f"{name}_in_all": Sum(name) for name in NUMBERS}):
        numbers = {name: row[f"{name}_in_all"] for name in NUMBERS}
        found[row["strategy"]].views[row["stand"]][row["setting"], row["key_stage"]] = numbers
    return found
