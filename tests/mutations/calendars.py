"""School days and weeks, which school was visited, and what is counted of training."""

from .mutation import Mutation

CALENDAR = "schools/services/calendar.py"
COVERAGE = "schools/coverage.py"
WEEKS = "tests/schools/test_weeks_away.py"
CELLS = "tests/schools/test_coverage.py"
OVERVIEW = "tests/home/test_overview.py"
MUTATIONS = [
    Mutation(
        "holiday weeks count as school weeks",
        CALENDAR,
        "counted, closed = (counted + 1, 0) if is_open else (counted, closed + 1)",
        "counted, closed = counted + 1, 0",
        [WEEKS],
    ),
    Mutation(
        "a review is offered on a closed day",
        CALENDAR,
        "        return day and self.next_open(day)\n",
        "        return day\n",
        [WEEKS],
    ),
    Mutation(
        "what a school says of its own days does not go first",
        CALENDAR,
        "        if own:\n            return all",
        "        if False:\n            return all",
        ["tests/schools/test_fortnights.py", "tests/schools/test_calendar_page.py"],
    ),
    Mutation(
        "two terms may overlap",
        "schools/services/periods.py",
        '    refuse_overlap(period)\n    return save_tracked(period, by=by, reason="Calendar entered")',
        '    return save_tracked(period, by=by, reason="Calendar entered")',
        ["tests/schools/test_periods.py"],
    ),
    Mutation(
        "a visit called off ahead is due at once",
        COVERAGE,
        "        return self.on <= today and self.is_missed(today)\n",
        "        return self.is_missed(today)\n",
        [CELLS],
    ),
    Mutation(
        "a school that was closed is missed",
        COVERAGE,
        "NOT_DUE_AFTER_ALL = (Outcome.MOVED, Outcome.PATTERN_CHANGED, Outcome.SCHOOL_CLOSED)",
        "NOT_DUE_AFTER_ALL = (Outcome.MOVED, Outcome.PATTERN_CHANGED)",
        [CELLS],
    ),
    Mutation(
        "the weeks before a school was seen count too",
        COVERAGE,
        "monday > after and ",
        "",
        [CELLS],
    ),
    Mutation(
        "the time of few trainings is shown",
        "site/home/reading/counts.py",
        'None if trainings is None else summed(parts, "training")',
        'summed(parts, "training")',
        [OVERVIEW],
    ),
    Mutation(
        "the time of a hidden number is shown",
        "site/home/reading/overview.py",
        "None if number is None else spent[name]",
        "spent[name]",
        [OVERVIEW],
    ),
]
