"""A statement of time, as it is frozen: what was left, each line that moved it, what is left."""

from dataclasses import dataclass
from datetime import date

from schools.models import Agreement
from schools.querysets import Numbers
from schools.sentences import owed_label
from web.papers.blocks import Facts, Grid, Heading, Points, Text, Title, as_json
from web.words import listed, longdate, minutes_in_words, shortdate

from .heads import of_purchase, of_school, of_service, whom_to_ask
from .visits import visits_of, visits_table

HEADS = ["Date", "What", "Time", "Left after it"]


@dataclass(frozen=True)
class Told:
    """What a statement is made of. `lines` are the entries of its days, `numbers` those at its end.

    `owed` is the sum for the schools of the agreement by the lines until its last day, in offers of any year.
    `stood` is {key of a visit: {column: minutes}} as its visits stood then.
    """

    agreement: Agreement
    number: int
    first_on: date
    last_on: date
    made_on: date
    opening: int
    lines: list
    numbers: Numbers
    owed: int
    stood: dict
    purchase_orders: list
    rules: list

    @property
    def own(self):
        """The lines of the school that pays, and those of the whole pot."""
        payer = self.agreement.payer_id
        return [line for line in self.lines if line.partnership_id == payer or not line.visit_id]

    @property
    def others(self):
        """{school: minutes used}, of the other schools of a cluster: what each visit was is theirs to see."""
        found = {}
        for line in self.lines:
            if line not in self.own and line.is_used:
                school = line.partnership.school
                found[school] = found.get(school, 0) - line.minutes
        return found


def statement_figures(told):
    """[[ISO date, what, minutes, minutes left after it]]: opening, each line, closing."""
    left, rows = told.opening, [[told.first_on.isoformat(), "Brought forward", None, told.opening]]
    moved = [(line.posted_on, what(line), line.minutes) for line in told.own if line.moves_what_is_left]
    moved += [(told.last_on, f"Used by {school}", -used) for school, used in told.others.items() if used]
    for day, words, minutes in moved:
        left += minutes
        rows.append([day.isoformat(), words, minutes, left])
    return [*rows, [told.last_on.isoformat(), "Carried forward", None, left]]


def what(line):
    of_visit = f" visit of {shortdate(line.visit.planned_start_at)}" if line.visit_id else ""
    why = f": {line.get_reason_display()}" if line.reason else ""
    Kind = type(line).Kind
    match line.kind:
        case Kind.GRANT if line.order_id:
            return f"Order {line.order.number}"
        case Kind.ADJUST if line.order_id:
            return f"Order {line.order.number} cancelled{why}"
        case Kind.DELIVER if line.corrects_id:
            return f"Correction,{of_visit}{why}"
        case Kind.DELIVER:
            return f"Used,{of_visit}"
        case Kind.LATE_CANCEL_CHARGE:
            return f"Charged for a late cancellation,{of_visit}"
        case Kind.RELEASE:
            return f"Charge taken back,{of_visit}{why}"
    return f"{line.get_kind_display()}{why}"


def statement_blocks(told, figures):
    agreement = told.agreement
    return as_json(
        [
            Title("Statement of clinician time"),
            Facts(_about(told)),
            Text(in_one_sentence(told)),
            Heading("What moved"),
            Grid(
                HEADS, [_row(*row) for row in figures], [34, 72, 40, 40], caption="What moved", numbers=[2, 3]
            ),
            Facts(_at_the_end(told)),
            Heading("Visits, in minutes"),
            visits_table(agreement, visits_of(told.own), told.stood),
            *_by_school(told),
            *_rules(told),
            Text(
                f"Ask {whom_to_ask(agreement.service)}, or sign in and say what looks wrong beside the line.",
                label="If something looks wrong",
            ),
        ]
    )


def _about(told):
    agreement = told.agreement
    numbers = [agreement.purchase_order_number, *told.purchase_orders]
    return [
        ["Statement number", str(told.number)],
        ["Date", longdate(told.made_on)],
        ["Period", f"{longdate(told.first_on)} to {longdate(told.last_on)}"],
        *of_service(agreement.service),
        *of_school(agreement.payer),
        ["Agreement", f"{agreement.reference}, {agreement.get_kind_display().lower()}"],
        *of_purchase(numbers),
    ]


def in_one_sentence(told):
    agreement, numbers = told.agreement, told.numbers
    got = "given" if agreement.is_core else "bought"
    others = agreement.schools.exclude(pk=agreement.payer_id).order_by("school__name")
    schools = [agreement.payer.school.name, *others.values_list("school__name", flat=True)]
    has = "has" if len(schools) == 1 else "together have"
    return (
        f"On {longdate(told.last_on)}, {listed(schools)} {has} {agreement.in_words(numbers.left)} left "
        f"of {agreement.in_words(numbers.had)}{'' if numbers.brought else f' {got}'}."
    )


def _row(day, words, minutes, left):
    moved = "" if minutes is None else minutes_in_words(minutes)
    return [longdate(date.fromisoformat(day)), words, moved, minutes_in_words(left)]


def _at_the_end(told):
    agreement, numbers = told.agreement, told.numbers
    rows = [
        ["Left", agreement.in_words(numbers.left)],
        ["Booked", agreement.in_words(numbers.booked)],
        ["Free to book", agreement.in_words(numbers.free)],
        ["Expires on", longdate(agreement.last_on)],
    ]
    return rows + ([[owed_label(agreement), agreement.in_words(told.owed)]] if told.owed > 0 else [])


def _by_school(told):
    if told.others:
        used = {told.agreement.payer.school: -sum(line.minutes for line in told.own if line.is_used)}
        rows = [[school.name, minutes_in_words(minutes)] for school, minutes in (used | told.others).items()]
        yield Heading("Used by each school")
        yield Grid(["School", "Used"], rows, [120, 60], caption="Used by each school", numbers=[1])


def _rules(told):
    if told.rules:
        yield Heading("How time is counted")
        yield Points(told.rules)
