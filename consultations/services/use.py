"""Counts, from agreed plans and their reviews, how strategies of the library are used."""

from collections import Counter, defaultdict

from django.db.models.functions import Coalesce
from django.utils import timezone

from consultations.models import Case, Step, StepAnswer
from resources.services import locked_strategies, look, write_counts

OF_STEP = "plan_version__plan__"
OF_ANSWER = "review__plan__"


def count_use(steps, partnership):
    """Bring the counts of the strategies behind these steps up to date for the school of a partnership.

    To be called at the end of a transaction that agreed or reviewed them. What readers see may move first, to
    what was counted before. It counts the school's plans again
    instead of adding one, so that no change of a plan can leave a count behind.
    """
    keys = {step.strategy_id for step in steps} - {None}
    if keys:
        strategies = locked_strategies(keys)
        school = partnership.school_id
        look(strategies)
        write_counts(counts_of(strategies, school), strategies=strategies, school=school)


def count_use_everywhere(strategies):
    """Count strategies again from nothing, in every school. Returns the keys of counts that differed.

    To be called in a transaction. What readers see stays as it is until the next plan is counted.
    """
    strategies = locked_strategies(strategies)
    return write_counts(counts_of(strategies), strategies=strategies)


def counts_of(strategies, school=None):
    """{(strategy, setting, key stage, school): numbers that are not 0}, from the plans themselves.

    All cycles of a case, with those from before its child was named, are one plan. It stands with the setting
    and the key stage of the day on which a version with the strategy was first agreed.
    """
    answers = latest_answers(strategies, school)
    counts = defaultdict(Counter)
    for (strategy, of_school, matter), (setting, key_stage) in places(strategies, school).items():
        numbers = counts[strategy, setting, key_stage, of_school]
        numbers["used"] += 1
        given = answers.get((strategy, of_school, matter))
        if given:
            numbers["reviewed"] += 1
            numbers.update(f"{question}_{answer}" for question, answer in given.items())
    return {key: dict(numbers) for key, numbers in counts.items()}


def places(strategies, school):
    """(setting, key stage) of every matter that has a strategy in an agreed plan."""
    steps = Step.objects.filter(strategy__in=strategies, plan_version__agreed_at__isnull=False)
    rows = of_school(steps, OF_STEP, school).values_list(
        *("strategy", f"{OF_STEP}partnership__school", matter_of(OF_STEP)),
        *("plan_version__agreed_at", f"{OF_STEP}case__subject", f"{OF_STEP}case__year_group"),
        *(f"{OF_STEP}case__date_of_birth", f"{OF_STEP}case__opened_on"),
    )
    found = {}
    for *key, agreed_at, subject, year_group, born_on, opened_on in rows.order_by(
        "plan_version__agreed_at", "pk"
    ):
        case = Case(subject=subject, year_group=year_group, date_of_birth=born_on, opened_on=opened_on)
        found.setdefault(tuple(key), (case.setting, case.key_stage_on(timezone.localdate(agreed_at)) or ""))
    return found


def latest_answers(strategies, school):
    """{question: answer} for every matter: to each question the last answer that was given."""
    answers = of_school(StepAnswer.objects.filter(step__strategy__in=strategies), OF_ANSWER, school)
    rows = answers.order_by("review__reviewed_at", "review", "step__position").values_list(
        *("step__strategy", f"{OF_ANSWER}partnership__school", matter_of(OF_ANSWER)),
        *StepAnswer.QUESTIONS,
    )
    found = defaultdict(dict)
    for *key, happened, helped in rows:
        given = {"happened": happened, "helped": helped}
        found[tuple(key)] |= {question: answer for question, answer in given.items() if answer}
    return found


def of_school(rows, path, school):
    return rows.filter(**{f"{path}partnership__school": school}) if school else rows


def matter_of(path):
    """The case; for one that was promoted, the case without a name that it goes on from."""
    return Coalesce(f"{path}case__promoted_from", f"{path}case")
