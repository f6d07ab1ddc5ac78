"""The counts of use: written by whoever knows the plans, shown when the rule of `publishing` allows it."""

from collections import Counter, defaultdict

from django.db.models import Q, Sum

from resources.models import StrategyPage, UseCount

from .publishing import enough_came, views_that_move

Stand = UseCount.Stand


def locked_strategies(keys):
    """The keys of those that are there, locked, so that two who count them go one behind the other.

    To be called in a transaction, before the plans are counted.
    """
    # The row of the strategy itself, not that of the page, which editors and Wagtail write.
    rows = StrategyPage.objects.filter(pk__in=keys).select_for_update(of=("self",), no_key=True)
    return sorted(rows.order_by("pk").values_list("pk", flat=True))


def write_counts(wanted, *, strategies, school=None):
    """Make the counts of locked `strategies` (of one `school` only, if given) equal to `wanted`, which maps
    (strategy, setting, key stage, school) to numbers. Returns the keys that differed. Shows nothing new."""
    there = UseCount.objects.filter(stand=Stand.NOW, strategy__in=strategies)
    there = there.filter(school=school) if school else there
    before = {(row.strategy_id, row.setting, row.key_stage, row.school): row for row in there}
    differing = {key for key in before.keys() | wanted.keys() if numbers_at(before, key) != wanted.get(key)}
    UseCount.objects.filter(pk__in=[before[key].pk for key in differing if key in before]).delete()
    UseCount.objects.bulk_create(new_row(key, wanted[key]) for key in sorted(differing) if key in wanted)
    return differing


def numbers_at(rows, key):
    return {name: n for name, n in rows[key].numbers.items() if n} if key in rows else None


def new_row(key, numbers):
    strategy, setting, key_stage, school = key
    place = {"setting": setting, "key_stage": key_stage, "school": school}
    return UseCount(strategy_id=strategy, stand=Stand.NOW, **place, **numbers)


def look(strategies):
    """Move what readers see of locked strategies to the counts of now, where the rule allows it.

    To be called before a plan is counted: then what moves when a plan is reviewed never holds that review.
    """
    sums = sums_by_school(strategies)
    moving = {key: stands_to_move(sums[key]) for key in strategies}
    moving = {key: stands for key, stands in moving.items() if stands}
    if not moving:
        return
    rows = defaultdict(lambda: defaultdict(list))
    for row in UseCount.objects.filter(strategy__in=moving):
        rows[row.strategy_id][row.stand].append(row)
    for key, stands in moving.items():
        if Stand.LOOKED in stands:
            stands += views_that_move(rows[key], rows[key][Stand.NOW])
    move({key: (stands, rows[key][Stand.NOW]) for key, stands in moving.items()})


def stands_to_move(sums):
    """Those that ask only how many plans came. A look is taken whether or not it lets anything move."""
    asked = {Stand.USED: "used", Stand.LOOKED: "reviewed"}
    return [stand for stand, name in asked.items() if enough_came(change(sums, name, stand))]


def sums_by_school(strategies):
    """{strategy: {(stand, school): sums}} for what is asked at every count."""
    stands = [Stand.NOW, Stand.LOOKED, Stand.USED]
    found = UseCount.objects.filter(strategy__in=strategies, stand__in=stands)
    sums = defaultdict(dict)
    for row in found.values("strategy", "stand", "school").annotate(Sum("used"), Sum("reviewed")).order_by():
        sums[row["strategy"]][row["stand"], row["school"]] = row
    return sums


def change(sums, name, since):
    """By how much a number changed in each school since a stand."""
    changed = Counter()
    for (stand, school), row in sums.items():
        if stand in (Stand.NOW, since):
            changed[school] += row[f"{name}__sum"] * (1 if stand == Stand.NOW else -1)
    return changed


def move(moving):
    """Write the counts of now over those of each stand that moves."""
    gone, new = Q(pk__in=[]), []
    for strategy, (stands, rows) in moving.items():
        gone |= Q(strategy=strategy, stand__in=stands)
        for row in rows:
            place = {"setting": row.setting, "key_stage": row.key_stage, "school": row.school}
            new += [UseCount(strategy_id=strategy, stand=stand, **place, **row.numbers) for stand in stands]
    if new:
        UseCount.objects.filter(gone).delete()
        UseCount.objects.bulk_create(new)
