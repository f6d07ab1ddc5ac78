"""What is shown of use gives back nothing: not by subtraction, not over time, not to a school that knows its
own plans."""

import re
from collections import Counter
from copy import deepcopy
from random import Random

import pytest

from resources.reading import NOT_REVIEWED, TOO_FEW, what_worked

from .plans_of_schools import Plan, Plans

SCHOOLS = range(1, 5)
# How often what is chosen: a world where all sorts of things happen, and one where tables soon fill.
MIXED = {
    "school": {1: 1, 2: 1, 3: 1, 4: 1},
    "setting": {("child", "KS1"): 4, ("child", "KS2"): 4, ("class", "KS2"): 3, ("school", ""): 1},
    "happened": {"yes": 12, "sometimes": 4, "no": 3, "": 1},
    "helped": {"yes": 10, "a_bit": 5, "no": 3, "too_soon": 2},
}
PLAIN = {
    "school": {1: 1, 2: 1},
    "setting": {("child", "KS2"): 1, ("class", "KS1"): 1},
    "happened": {"yes": 1, "no": 1},
    "helped": {"yes": 1, "no": 1},
}
# What each view shows of every part, said again in the test's own words.
HOW_MANY = {"reviewed": lambda p: p.is_reviewed, "helped": lambda p: p.helped in ("yes", "a_bit")}
HOW_MANY |= {"not helped": lambda p: p.is_reviewed and p.helped not in ("yes", "a_bit")}
VIEWS = {
    "used": (lambda p: (), {"used": lambda p: True}),
    "total": (lambda p: (), HOW_MANY),
    "happened": (lambda p: p.happened if p.is_reviewed else None, {"reviewed": lambda p: p.is_reviewed}),
    "helped": (lambda p: p.helped if p.is_reviewed else None, {"reviewed": lambda p: p.is_reviewed}),
    "settings": (lambda p: p.setting, HOW_MANY),
    "stages": (lambda p: (p.setting, p.stage), HOW_MANY),
}
REVIEWED = {"total", "happened", "helped", "settings", "stages"}


def numbers_of(view, plans):
    part_of, asked = VIEWS[view]
    counts = Counter()
    for plan in plans:
        for name, is_counted in asked.items():
            counts[part_of(plan), name] += bool(is_counted(plan))
    return counts


def by_view(shown):
    found = {}
    for (view, *place), numbers in shown.items():
        found.setdefault(view, {})[tuple(place)] = numbers
    return found


def small_moves(before, now):
    """Numbers of plans from 1 to 4 that come out when one list of plans is subtracted from another: in all,
    and for each school that takes away its own."""
    found = []
    for outside in [None, *SCHOOLS]:
        for view in VIEWS:
            old = numbers_of(view, [plan for plan in before[view] if plan.school != outside])
            new = numbers_of(view, [plan for plan in now[view] if plan.school != outside])
            differences = {key: new[key] - old[key] for key in old.keys() | new.keys()}
            found += [(outside, view, key, n) for key, n in differences.items() if 0 < abs(n) < 5]
    return found


def something_happens(world, rng, shape):
    """A plan is agreed, reviewed for the first time or reviewed again."""

    def one(name):
        return rng.choices(list(shape[name]), shape[name].values())[0]

    waiting = [plan for plan in world.plans if not plan.is_reviewed]
    reviewed = [plan for plan in world.plans if plan.is_reviewed]
    kind = rng.choice(["agreed", "agreed", "reviewed", "reviewed", "reviewed", "again"])
    if kind == "agreed" or not waiting:
        world.plans.append(Plan(one("school"), *one("setting")))
    else:
        plan = rng.choice(reviewed if kind == "again" and reviewed else waiting)
        plan.happened, plan.helped = one("happened"), one("helped")
    world.count()


def watch(world, rng, shape, times):
    """(before, now) for every time that something shown moved: the plans of which each view was made. `first`
    is the state nobody has seen anything in."""
    made_of = dict.fromkeys(VIEWS, ())
    seen = by_view(world.shown())
    for _ in range(times):
        # What moves when something happens is what there was before it happened.
        there_before = deepcopy(world.plans)
        something_happens(world, rng, shape)
        now = by_view(world.shown())
        moved = [view for view in VIEWS if now.get(view) != seen.get(view)]
        if moved:
            before = dict(made_of)
            made_of |= dict.fromkeys(moved, there_before)
            assert {view: total_shown(now, view) for view in moved} == {
                view: numbers_of("used" if view == "used" else "total", there_before)[
                    (), "used" if view == "used" else "reviewed"
                ]
                for view in moved
            }
            yield before, dict(made_of)
        seen = now


def total_shown(shown, view):
    name = "used" if view == "used" else "reviewed"
    return sum(numbers[name] for numbers in shown[view].values())


@pytest.mark.parametrize(
    ("shape", "moving"),
    [(MIXED, {"used", "total"}), (PLAIN, set(VIEWS))],
    ids=["mixed", "plain"],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_whoever_watches_for_long_learns_of_no_fewer_than_5_plans(make_strategy, shape, moving, seed):
    world, moved = Plans(make_strategy()), set()
    used, reviewed = [], []
    for before, now in watch(world, Random(seed), shape, 250):
        assert small_moves(before, now) == []
        reviewed.append([plan.school for plan in now["total"] if plan.is_reviewed])
        if tells_how_many_used_it(sentence(world), len(reviewed[-1])):
            used.append([plan.school for plan in now["used"]])
        assert small_waits(used, reviewed) == []
        for view in [view for view in VIEWS if before[view] is not now[view]]:
            moved.add(view)
            assert how_many_reviewed(now[view]) - how_many_reviewed(before[view]) >= 5 or view == "used"
            # So what lies between a table and a newer total is what came between two totals.
            assert view in ("used", "total") or now[view] is now["total"]
    assert moved >= moving


def how_many_reviewed(plans):
    return numbers_of("total", plans)[(), "reviewed"]


def tells_how_many_used_it(words, reviewed):
    """Whether the words say more of it than that there are 5, or as many as are reviewed."""
    number, or_more = re.match(r"Used in (\d+)( or more)? plans", words).groups()
    return not or_more or int(number) != (reviewed or 5)


def small_waits(used, reviewed):
    """(outside, number) where 1 to 4 plans come out when how many are reviewed, told at one time, is taken
    from how many used it, told then or at another: in all, and for each school that takes away its own."""
    found = set()
    for outside in [None, *SCHOOLS]:
        counts = [{sum(school != outside for school in told) for told in times} for times in (used, reviewed)]
        found |= {(outside, u - r) for u in counts[0] for r in counts[1] if 0 < abs(u - r) < 5}
    return sorted(found, key=str)


def test_the_watching_finds_what_waits_at_another_school_now_and_later():
    assert small_waits([[1] * 9 + [2] * 6], [[1] * 5 + [2] * 5]) == [(1, 1), (2, 4)]
    assert small_waits([[1] * 5, [1] * 15], [[], [1] * 10, [1] * 18])[0] == (2, -3)
    assert small_waits([[1] * 5, [1] * 10], [[], [1] * 5]) == []


def test_how_many_wait_is_not_told_to_a_school_that_takes_away_its_own(make_strategy):
    world = Plans(make_strategy())
    for school, waiting in [(1, 4), (2, 1)]:
        world.plans += [Plan(school, helped="yes") for _ in range(5)] + [Plan(school) for _ in range(waiting)]
    world.write()
    world.count()
    assert sentence(world) == "Used in 10 or more plans, helped in 10 of 10 reviewed."


def test_what_is_told_before_the_reviews_tells_nothing_beside_them(make_strategy):
    world = Plans(make_strategy())
    world.add(1, 15, helped="", happened="")
    world.count()
    assert sentence(world) == f"Used in 5 or more plans. {NOT_REVIEWED}"
    for plan in world.plans[:13]:
        plan.happened = plan.helped = "yes"
    world.write()
    world.count()
    assert sentence(world) == "Used in 13 or more plans, helped in 13 of 13 reviewed."


def test_the_watching_finds_a_rule_that_hides_small_numbers_alone(make_strategy):
    world = Plans(make_strategy())
    world.add(1, 6)
    before = dict.fromkeys(VIEWS, deepcopy(world.plans))
    world.add(2, 1)
    assert (None, "total", ((), "helped"), 1) in small_moves(before, dict.fromkeys(VIEWS, world.plans))


def sentence(world):
    return what_worked([world.page])[world.page.pk].sentence


def worked(world):
    return what_worked([world.page])[world.page.pk]


@pytest.mark.parametrize("count", [0, 1, 4])
def test_none_and_four_look_the_same(make_strategy, count):
    world = Plans(make_strategy())
    world.add(1, count)
    world.count()
    assert (sentence(world), worked(world).places, worked(world).happened) == (TOO_FEW, [], [])


def test_five_are_shown_when_the_next_is_reviewed_and_four_more_change_nothing(make_strategy):
    world = Plans(make_strategy())
    world.add(1, 5)
    assert sentence(world) == TOO_FEW
    for helped in ["no", "yes", "no", "a_bit"]:
        world.add(1, helped=helped)
        assert sentence(world) == "Used in 5 or more plans, helped in 5 of 5 reviewed."


@pytest.mark.parametrize("helped", ["yes", "no", ""])
def test_what_moves_when_a_plan_is_reviewed_is_the_same_whatever_its_review_says(make_strategy, helped):
    world = Plans(make_strategy())
    world.add(1, 9)
    before = world.shown()
    world.add(1, helped=helped)
    assert world.shown() == before
    world.plans[0].helped = helped
    world.count()
    assert worked(world).reviewed == (10 if helped == "yes" else 5)


def test_a_batch_with_a_few_plans_of_another_school_waits(make_strategy):
    world = Plans(make_strategy())
    world.add(1, 6)
    world.add(2, 4)
    world.add(1, 10)
    assert worked(world).reviewed == 5
    world.add(2, 2)
    assert sentence(world) == "Used in 21 or more plans, helped in 21 of 21 reviewed."


def test_an_answer_given_again_moves_nothing_by_itself(make_strategy):
    world = Plans(make_strategy())
    world.add(1, 11)
    before = world.shown()
    for plan in world.plans[:5]:
        plan.helped = "no"
        world.count()
    assert world.shown() == before != {}


def test_counting_again_from_nothing_moves_nothing(make_strategy):
    world = Plans(make_strategy())
    world.add(1, 5)
    world.write()
    assert world.shown() == {}


def test_how_many_it_did_not_help_is_never_from_1_to_4(make_strategy):
    world = Plans(make_strategy())
    world.add(1, 3, helped="no")
    world.add(1, 7)
    world.count()
    assert sentence(world) == f"Used in 5 or more plans. {NOT_REVIEWED}"
    world.add(1, 3)
    world.add(1, 2, helped="no")
    world.count()
    assert sentence(world) == "Used in 15 or more plans, helped in 10 of 15 reviewed."


def test_of_a_table_all_is_shown_or_nothing(make_strategy):
    world = Plans(make_strategy())
    world.add(1, 4, setting="class")
    world.add(1, 6)
    world.count()
    assert (worked(world).reviewed, worked(world).places) == (10, [])
    world.add(1, 1, setting="class")
    world.add(1, 4)
    world.count()
    assert worked(world).places == [
        ("One child", "All ages", 10, 10),
        ("One child", "Key stage 2 (Years 3 to 6)", 10, 10),
        ("A class", "All ages", 5, 5),
        ("A class", "Key stage 2 (Years 3 to 6)", 5, 5),
    ]


def test_the_answers_are_shown_when_each_is_given_5_times(make_strategy):
    world = Plans(make_strategy())
    for helped, happened in [("yes", "yes"), ("a_bit", "sometimes"), ("too_soon", "no"), ("no", "no")]:
        world.add(1, 5, helped=helped, happened=happened)
    world.count()
    assert worked(world).helped_answers == [("Yes", 5), ("A bit", 5), ("No", 5), ("Too soon to say", 5)]
    assert worked(world).happened == [("Yes", 5), ("Sometimes", 5), ("No", 10)]
