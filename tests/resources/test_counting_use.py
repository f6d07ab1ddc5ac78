"""Counting use: the counts are what the plans and reviews say, after every agreement and every review."""

from collections import Counter

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from consultations.models import Plan, Review
from consultations.services import NewCase, promote_case
from resources.models import UseCount
from tests.plans import newest
from tests.records import named_child

ANSWERS = some.tuples(
    some.sampled_from(["", "yes", "sometimes", "no"]),
    some.sampled_from(["", "yes", "a_bit", "no", "too_soon"]),
)


@pytest.fixture
def strategy(make_strategy):
    return make_strategy()


def counts(strategy):
    """{(setting, key stage): numbers that are not 0} of the only school."""
    rows = UseCount.objects.filter(strategy=strategy, stand="now")
    return {(row.setting, row.key_stage): {n: v for n, v in row.numbers.items() if v} for row in rows}


def by_hand():
    """The same of every strategy and school, from the records one by one."""
    matters = {}
    for plan in Plan.objects.order_by("pk"):
        for version in plan.versions.filter(agreed_at__isnull=False):
            for step in version.steps.exclude(strategy=None):
                key = step.strategy_id, plan.partnership.school_id, plan.case.promoted_from_id or plan.case_id
                matters.setdefault(key, {"case": plan.case, "on": version.agreed_at.date()})
    for review in Review.objects.order_by("reviewed_at", "pk"):
        plan = review.plan
        for answer in review.answers.exclude(step__strategy=None).order_by("step__position"):
            key = (
                answer.step.strategy_id,
                plan.partnership.school_id,
                plan.case.promoted_from_id or plan.case_id,
            )
            for question in ("happened", "helped"):
                if getattr(answer, question):
                    matters[key][question] = getattr(answer, question)
    found = {}
    for (strategy, school, _), matter in matters.items():
        numbers = found.setdefault((strategy, school, *place(matter["case"], matter["on"])), Counter())
        numbers["used"] += 1
        numbers["reviewed"] += "happened" in matter or "helped" in matter
        numbers.update(f"{q}_{matter[q]}" for q in ("happened", "helped") if q in matter)
    return {key: {n: v for n, v in numbers.items() if v} for key, numbers in found.items()}


def place(case, day):
    year = case.year_group_on(day)
    stages = {"EYFS": range(-1, 1), "KS1": range(1, 3), "KS2": range(3, 7), "KS3": range(7, 10)}
    stage = next((name for name, years in stages.items() if year in years), "")
    return "school" if case.subject == "staff" else case.subject, stage


def counted():
    rows = UseCount.objects.filter(stand="now")
    return {
        (row.strategy_id, row.school, row.setting, row.key_stage): {n: v for n, v in row.numbers.items() if v}
        for row in rows
    }


def test_a_plan_counts_from_the_day_it_is_agreed(plan_with, strategy):
    plan_with(strategy, status="sent")
    assert counts(strategy) == {}
    plan_with(strategy)
    assert counts(strategy) == {("child", "KS2"): {"used": 1}}
    assert counted() == by_hand()


def test_of_two_reviews_the_later_answer_counts_and_an_open_one_changes_nothing(
    plan_with, make_review, strategy
):
    plan = plan_with(strategy)
    step = newest(plan).steps.get()
    make_review(plan, answers={step: ("yes", "too_soon")})
    make_review(plan, answers={step: ("", "a_bit")})
    make_review(plan)
    assert list(counts(strategy).values()) == [
        {"used": 1, "reviewed": 1, "happened_yes": 1, "helped_a_bit": 1}
    ]


def test_two_cycles_of_a_case_are_one_plan(plan_with, make_review, strategy):
    first = plan_with(strategy)
    make_review(first, overall="finished", answers={newest(first).steps.get(): ("yes", "no")})
    second = plan_with(strategy, case=first.case)
    assert list(counts(strategy).values()) == [{"used": 1, "reviewed": 1, "happened_yes": 1, "helped_no": 1}]
    make_review(second, answers={newest(second).steps.get(): ("yes", "yes")})
    assert list(counts(strategy).values()) == [{"used": 1, "reviewed": 1, "happened_yes": 1, "helped_yes": 1}]


def test_a_child_who_goes_on_by_name_is_still_one_plan(plan_with, make_review, strategy, priya, today):
    plan = plan_with(strategy)
    make_review(plan, answers={newest(plan).steps.get(): ("no", "no")})
    named = promote_case(plan.case, named_child(), by=priya, on=today)
    plan_with(strategy, case=named)
    assert counts(strategy) == {
        ("child", "KS2"): {"used": 1, "reviewed": 1, "happened_no": 1, "helped_no": 1}
    }
    assert counted() == by_hand()


@pytest.mark.parametrize(
    ("about", "place_of_it"),
    [
        (NewCase("staff"), ("school", "")),
        (NewCase("class", group_name="3 Otters", year_group=3), ("class", "KS2")),
        (NewCase("group", group_name="Lunch club"), ("group", "")),
        (NewCase("year_group", year_group=0), ("year_group", "EYFS")),
    ],
)
def test_it_counts_where_it_was_used(plan_with, strategy, about, place_of_it):
    plan_with(strategy, about=about)
    assert counts(strategy) == {place_of_it: {"used": 1}}
    assert counted() == by_hand()


def test_a_page_that_was_deleted_takes_its_counts_along_and_the_plan_keeps_its_title(
    plan_with, make_review, strategy
):
    plan = plan_with(strategy)
    strategy.delete()
    step = newest(plan).steps.get()
    make_review(plan, answers={step: ("yes", "yes")})
    assert (UseCount.objects.count(), step.strategy, step.strategy_title) == (0, None, "A quiet corner")


def test_the_command_says_what_differed_and_puts_it_right(plan_with, make_review, strategy, capsys):
    plan = plan_with(strategy)
    make_review(plan, answers={newest(plan).steps.get(): ("yes", "yes")})
    UseCount.objects.update(helped_yes=0, helped_no=1)
    call_command("count_use")
    assert capsys.readouterr().out == "A quiet corner: 1 count differed\nStrategies counted: 1\n"
    assert counted() == by_hand()
    call_command("count_use")
    assert capsys.readouterr().out == "Strategies counted: 1\nNothing differed.\n"


def test_a_review_asks_for_little_more_however_many_strategies(
    plan_with,
    make_review,
    make_strategy,
    django_assert_max_num_queries,
):
    one, many = make_strategy("One"), [make_strategy(f"Strategy {n}") for n in range(4)]
    costs = []
    for pages in [[one], many]:
        plan = plan_with(*pages)
        with django_assert_max_num_queries(200) as with_none:
            make_review(plan)
        with django_assert_max_num_queries(200) as with_one:
            make_review(plan, answers={newest(plan).steps.first(): ("yes", "yes")})
        costs.append(len(with_one) - len(with_none))
    assert costs[0] == costs[1]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(reviews=some.lists(some.tuples(some.integers(0, 2), ANSWERS, ANSWERS), min_size=1, max_size=4))
def test_any_reviews_leave_the_counts_equal_to_the_records(three_plans, make_review, reviews):
    """Nothing is put back between examples: each goes on where the one before stopped."""
    for number, *answers in reviews:
        plan = three_plans[number]
        make_review(plan, answers=dict(zip(newest(plan).steps.all(), answers, strict=True)))
        assert counted() == by_hand()


@pytest.fixture
def three_plans(plan_with, make_strategy):
    pages = [make_strategy("One"), make_strategy("Two")]
    return [
        plan_with(*pages),
        plan_with(*reversed(pages)),
        plan_with(*pages, about=NewCase("staff")),
    ]
