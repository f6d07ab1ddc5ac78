"""Plans as the library counts them, without cases: what reviews of each school say, and what is shown."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from resources.models import UseCount
from resources.services import look, write_counts

STANDS = [stand for stand in UseCount.Stand if stand not in ("now", "looked")]


@dataclass
class Plan:
    school: int
    setting: str = "child"
    stage: str = "KS2"
    happened: str = ""
    helped: str = ""

    @property
    def is_reviewed(self):
        return bool(self.happened or self.helped)


@dataclass
class Plans:
    """The plans that use one strategy."""

    page: object
    plans: list = field(default_factory=list)

    def add(self, school, how_many=1, helped="yes", happened="yes", setting="child", stage="KS2"):
        """Agreed and reviewed, and counted one by one as a review does."""
        for _ in range(how_many):
            self.plans.append(Plan(school, setting, stage, happened, helped))
            self.count()

    def count(self):
        """What a review does: what readers see may move to what was counted before it."""
        look([self.page.pk])
        self.write()

    def write(self):
        counts = defaultdict(Counter)
        for plan in self.plans:
            numbers = counts[self.page.pk, plan.setting, plan.stage, plan.school]
            numbers["used"] += 1
            numbers["reviewed"] += plan.is_reviewed
            numbers[f"happened_{plan.happened}"] += 1
            numbers[f"helped_{plan.helped}"] += 1
        wanted = {key: clean(numbers) for key, numbers in counts.items()}
        return write_counts(wanted, strategies=[self.page.pk])

    def shown(self):
        """{(view, setting, key stage): numbers} as the database has them for readers."""
        found = defaultdict(Counter)
        for row in UseCount.objects.filter(strategy=self.page, stand__in=STANDS):
            found[row.stand, row.setting, row.key_stage].update(row.numbers)
        return {key: dict(numbers) for key, numbers in found.items()}


def clean(numbers):
    return {name: n for name, n in numbers.items() if n and not name.endswith("_")}
