"""Each rule of an agreement as one plain sentence for the school that buys."""

from schools.models import Agreement
from schools.notice import notice_in_words
from web.words import counted, longdate, minutes_in_words, pounds

COUNTS = {
    "counts_training": "staff training",
    "counts_writing_up": "preparation and writing up",
    "counts_liaison": "liaison",
    "counts_travel": "travel",
}
INVOICED = {
    Agreement.Schedule.AT_ONCE: "The whole order is invoiced when it is agreed.",
    Agreement.Schedule.TERMLY: "A third of each order is invoiced each term.",
    Agreement.Schedule.TWO_YEARS: (
        "7 twelfths of each order are invoiced in September and 5 twelfths in April."
    ),
    Agreement.Schedule.ON_DELIVERY: "The time that was used is invoiced each month.",
}
COSTS = {
    Agreement.Cost.USED: "counts as used",
    Agreement.Cost.GIVEN_BACK: "is given back",
}
WAITS_DAYS = 60
# Of an order that is agreed, after "After that" or "Now".
SERVICE_CANCELS = "only the service can cancel what is not used or booked: ask it."


def rule_sentences(agreement):
    """All of them: what is said of time, then of money."""
    return time_sentences(agreement) + price_sentences(agreement)


def time_sentences(agreement):
    """For everybody who may read the agreement: no price is in them."""
    return [
        unit_sentence(agreement),
        *counting_sentences(agreement),
        rounding_sentence(agreement),
        past_planned_sentence(agreement),
        overdraw_sentence(agreement),
        notice_sentence(agreement),
        nobody_sentence(agreement),
        closed_sentence(agreement),
        clinician_sentence(agreement),
        carry_over_sentence(agreement),
        expiry_sentence(agreement),
    ]


def price_sentences(agreement):
    """For the school that pays, and the lead."""
    if agreement.is_core:
        return ["The core offer costs the school nothing."]
    return [
        price_sentence(agreement),
        *early_sentences(agreement),
        *(package_sentence(agreement, package) for package in agreement.packages.order_by("units")),
        approval_sentence(agreement),
        *invoice_sentences(agreement),
    ]


def deciding_sentences(agreement, *, prices):
    """The few that say what costs time or money, and when time is lost: read before anything is ordered."""
    time = [
        past_planned_sentence(agreement),
        notice_sentence(agreement),
        nobody_sentence(agreement),
        closed_sentence(agreement),
        carry_over_sentence(agreement),
        expiry_sentence(agreement),
    ]
    return [*time, *invoice_sentences(agreement)] if prices else time


def unit_sentence(agreement):
    return f"{a_unit(agreement)} is {minutes_in_words(agreement.unit_minutes)}."


def counting_sentences(agreement):
    counting = ["time with staff", *(words for rule, words in COUNTS.items() if getattr(agreement, rule))]
    others = [words for rule, words in COUNTS.items() if not getattr(agreement, rule)]
    yield f"What counts: {'; '.join(counting)}."
    if others:
        yield f"What does not count: {'; '.join(others)}."


def rounding_sentence(agreement):
    step = agreement.rounding_minutes
    if step == 1:
        return "The time of a visit is counted to the minute."
    if agreement.rounding == Agreement.Rounding.UP:
        return f"The time of a visit is rounded up to the next {minutes_in_words(step)}."
    return f"The time of a visit is rounded to the nearest {minutes_in_words(step)}, and half of that up."


def past_planned_sentence(agreement):
    if agreement.draws_past_planned:
        return "If a visit takes longer than planned, the extra time counts as used too."
    return "If a visit takes longer than planned, the extra time does not count."


def overdraw_sentence(agreement):
    if agreement.may_overdraw:
        return "More time can be booked than there is."
    return "No more time can be booked than there is."


def notice_sentence(agreement):
    percent, days = agreement.late_charge_percent, agreement.notice_days
    if not percent:
        return "If the school cancels a visit, its planned time is given back."
    if not days:
        return "If the school cancels a visit before it begins, its planned time is given back."
    share = "all" if percent == 100 else f"{percent}%"
    # 7 days’ notice, 1 day’s notice
    notice = f"{notice_in_words(agreement)}{'’s' if days == 1 else '’'} notice"
    return (
        f"If the school cancels a visit with less than {notice}, {share} of its planned time counts as used."
    )


def nobody_sentence(agreement):
    return f"If nobody can meet the clinician, the planned time {COSTS[agreement.no_link_person]}."


def closed_sentence(agreement):
    return f"If the school is closed that day, the planned time {COSTS[agreement.school_closed]}."


def clinician_sentence(agreement):
    given_back = "If the clinician cancels, the planned time is given back"
    return f"{given_back} and is owed to the school." if agreement.is_core else f"{given_back}."


def owed_label(agreement):
    """What stands before the time that is owed to the schools of a core offer together."""
    whom = "its schools" if agreement.members.count() > 1 else "the school"
    return f"Owed to {whom}, from any year"


def carry_over_sentence(agreement):
    rule, words = agreement.carry_over, agreement.in_words(agreement.carry_over_minutes)
    if rule == Agreement.CarryOver.NONE:
        return "Time that is left is not carried over."
    much = f"Up to {words} of what is left" if rule == Agreement.CarryOver.UP_TO else "All that is left"
    return f"{much} is carried over to the next agreement, if that is signed within {WAITS_DAYS} days."


def expiry_sentence(agreement):
    what = (
        "Time that is left"
        if agreement.carry_over == Agreement.CarryOver.NONE
        else "What is not carried over"
    )
    return f"{what} expires after {longdate(agreement.last_on)}."


def price_sentence(agreement):
    return f"{a_unit(agreement)} costs {pounds(agreement.unit_price)}."


def early_sentences(agreement):
    if agreement.early_price is not None:
        yield (
            f"Ordered by {longdate(agreement.early_until_on)}, {a_unit(agreement).lower()} costs "
            f"{pounds(agreement.early_price)}."
        )


def package_sentence(agreement, package):
    units = counted(package.units, agreement.get_unit_display())
    price = f"{units} {'costs' if package.units == 1 else 'together cost'} {pounds(package.price)}"
    if package.early_price is None:
        return f"{price}."
    early = f"{pounds(package.early_price)} if ordered by {longdate(agreement.early_until_on)}"
    return f"{price}, or {early}."


def invoice_sentences(agreement):
    yield INVOICED[agreement.schedule]
    yield f"An invoice is to be paid within {counted(agreement.service.payment_days, 'day')}."
    yield from filter(None, [agreement.service.vat_words])


def approval_sentence(agreement):
    limit = pounds(agreement.approval_limit)
    return f"An order over {limit} waits for an approver of the school, unless one orders it."


def a_unit(agreement):
    return f"A {agreement.get_unit_display()}"
