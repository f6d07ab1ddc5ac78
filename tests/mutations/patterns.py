"""Visit patterns: on which days their visits are, whose they are, what is booked together, who is told."""

from .mutation import Mutation


def pattern(name, file, old, new, *tests):
    return Mutation(name, f"schools/{file}.py", old, new, [f"tests/schools/test_{test}.py" for test in tests])


def saving(name, old, new):
    file, test = "site/accounts/services/tracking.py", "tests/accounts/test_saving_many.py"
    return Mutation(name, file, old, new, [test])


MUTATIONS = [
    pattern(
        "a visit of a pattern is on a closed day",
        "fortnights",
        "<= pattern.until_on and calendar.is_open(day)",
        "<= pattern.until_on",
        "fortnights",
    ),
    pattern(
        "a visit of a pattern is put off past the next one",
        "fortnights",
        "for one in weeks if week.monday <= one.monday < end]",
        "for one in weeks if week.monday <= one.monday]",
        "fortnights",
    ),
    pattern(
        "a holiday week counts for a pattern",
        "fortnights",
        "        if monday in open_weeks:",
        "        if True:",
        "fortnights",
    ),
    pattern(
        "the pattern of a school that is closed alone loses its week",
        "fortnights",
        "    shared, found, number = of_service(calendar), [], 0",
        "    shared, found, number = calendar, [], 0",
        "fortnights",
    ),
    pattern(
        "patterns put two visits into one half day",
        "services/patterns",
        "in halves(planned) if half in self.taken), None)",
        "in halves(planned) if False), None)",
        "patterns",
    ),
    pattern(
        "a pattern changes what was begun or is somebody else's",
        "services/patterns",
        "    return not begun and visit.clinician_id == clinician.pk",
        "    return True",
        "patterns_by_hand",
    ),
    pattern(
        "a pattern books more than the core offer has",
        "services/patterns",
        "if pot and not pot.may_overdraw and self.free[pot.pk] < planned.minutes:",
        "if False:",
        "patterns",
    ),
    pattern(
        "a pattern does what nobody was shown",
        "services/pattern_writing",
        "    if digest_of_plan(plan) != seen:",
        "    if False:",
        "patterns",
    ),
    pattern(
        "a visit that its pattern takes out keeps its time",
        "services/pattern_writing",
        'reason="Taken out by its pattern")\n    if visit.pot_id:',
        'reason="Taken out by its pattern")\n    if False:',
        "patterns",
    ),
    pattern(
        "visits of a pattern overdraw a pot together",
        "services/ledger",
        "        require_room(pot, visit.planned_minutes, free)\n",
        "",
        "patterns_together",
    ),
    pattern(
        "visits of a pattern are booked past the year of their pot",
        "services/ledger",
        "        require_open(pot, timezone.localdate(visit.planned_start_at))\n        require_room",
        "        require_room",
        "patterns_together",
    ),
    pattern(
        "who loses the visits of a pattern is not told",
        "services/pattern_emails",
        "    if clinician_before != pattern.clinician:",
        "    if False:",
        "emails_of_patterns",
    ),
    pattern(
        "a pattern goes on for somebody who left",
        "forms/pattern",
        "        if last and last >= self.pattern.until_on:",
        "        if False:",
        "pattern_pages",
    ),
    pattern(
        "a pattern has visits at night",
        "models/pattern",
        "        if not DAY_BEGINS <= self.starts < DAY_ENDS:",
        "        if False:",
        "patterns",
    ),
    pattern(
        "the fuller week is suggested for a pattern",
        "balance",
        "FIRST if first < second else SECOND",
        "SECOND if first < second else FIRST",
        "balance",
    ),
    saving(
        "visits of a pattern have no history",
        "    _insert(rows)\n    _tell(",
        "    _tell(",
    ),
    saving("visits of a pattern are not checked", "    _check(records)\n", ""),
    saving("what was saved before is saved as new for a pattern", "any(record.pk or ", "any("),
]
