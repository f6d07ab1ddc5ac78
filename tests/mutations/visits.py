"""The day of a visit: who makes it, when it may be, its minutes, its sheet and its agenda."""

from .mutation import Mutation

COVERING = "tests/schools/test_covering.py"
AFTER = "tests/consultations/test_agenda_after.py"
MUTATIONS = [
    Mutation(
        "a visit is passed to somebody who is somewhere else",
        "schools/services/visits.py",
        "        refuse_clash(to, visit)\n",
        "        pass\n",
        [COVERING],
    ),
    Mutation(
        "a clinician passes a visit to anybody of the service",
        "schools/services/covering.py",
        "if row[1] or role.kind == Kind.SERVICE_LEAD]",
        "]",
        [COVERING],
    ),
    Mutation(
        "who covers one visit is linked to the school for good",
        "schools/services/covering.py",
        '"end_on": linked_until(visit)}',
        '"end_on": None}',
        [COVERING],
    ),
    Mutation(
        "a visit is moved to a time at which its clinician is somewhere else",
        "schools/services/calling_off.py",
        "    refuse_clash(new.clinician, new)\n",
        "",
        ["tests/schools/test_double_booking.py"],
    ),
    Mutation(
        "a clash names the school to who may not see it",
        "schools/views/clashes.py",
        "if not Visit.objects.visible_to(role).filter(pk=clash.pk).exists():",
        "if False:",
        ["tests/schools/test_double_booking.py"],
    ),
    Mutation(
        "a visit is moved to a bank holiday",
        "schools/forms/visit.py",
        "        if why:\n",
        "        if False:\n",
        ["tests/consultations/test_visit_changes.py"],
    ),
    Mutation(
        "minutes are those on the wall",
        "site/web/wall_clock.py",
        "(end.astimezone(UTC) - start.astimezone(UTC))",
        "(end - start)",
        ["tests/web/test_wall_clock.py"],
    ),
    Mutation(
        "what a school typed is printed",
        "consultations/papers/visit_sheet.py",
        "    if line.request:\n",
        "    if False:\n",
        ["tests/consultations/test_visit_sheet.py"],
    ),
    Mutation(
        "lines about safety are printed",
        "consultations/papers/visit_sheet.py",
        "for line in agenda if line.kind != Kind.SAFETY]",
        "for line in agenda]",
        ["tests/consultations/test_visit_sheet.py"],
    ),
    Mutation(
        "a finished visit is told to have left what came up since",
        "consultations/agenda_after.py",
        " if line.since < day]",
        "]",
        [AFTER],
    ),
    Mutation(
        "an agenda moves on to a visit that was cancelled",
        "consultations/agenda_after.py",
        '        outcome__in=("", Visit.Outcome.DONE),\n',
        "",
        [AFTER],
    ),
]
