"""What an agreement says to the school, sentence by sentence."""

from datetime import date
from decimal import Decimal

import pytest

from schools import sentences
from schools.models import Agreement, Package
from schools.sentences import price_sentences, rule_sentences, time_sentences


def says(part, **fields):
    """The sentence or sentences of one rule."""
    agreement = Agreement(
        **{"kind": "bought", "last_on": date(2027, 8, 31), "unit_price": Decimal(250)} | fields
    )
    said = getattr(sentences, part)(agreement)
    return said if isinstance(said, str) else list(said)


CASES = [
    ("unit_sentence", {}, "A half day is 3 hours."),
    ("unit_sentence", {"unit": "session", "unit_minutes": 90}, "A session is 1 hour 30 minutes."),
    ("unit_sentence", {"unit": "day", "unit_minutes": 390}, "A day is 6 hours 30 minutes."),
    ("rounding_sentence", {}, "The time of a visit is rounded up to the next 15 minutes."),
    (
        "rounding_sentence",
        {"rounding": "nearest", "rounding_minutes": 30},
        "The time of a visit is rounded to the nearest 30 minutes, and half of that up.",
    ),
    ("rounding_sentence", {"rounding_minutes": 1}, "The time of a visit is counted to the minute."),
    (
        "past_planned_sentence",
        {},
        "If a visit takes longer than planned, the extra time does not count.",
    ),
    (
        "past_planned_sentence",
        {"draws_past_planned": True},
        "If a visit takes longer than planned, the extra time counts as used too.",
    ),
    ("overdraw_sentence", {}, "No more time can be booked than there is."),
    ("overdraw_sentence", {"may_overdraw": True}, "More time can be booked than there is."),
    (
        "notice_sentence",
        {},
        "If the school cancels a visit with less than 7 days’ notice, all of its planned time counts as "
        "used.",
    ),
    (
        "notice_sentence",
        {"notice": "school_days", "notice_days": 1, "late_charge_percent": 50},
        "If the school cancels a visit with less than 1 school day’s notice, 50% of its planned time counts "
        "as used.",
    ),
    (
        "notice_sentence",
        {"notice": "school_days", "notice_days": 5},
        "If the school cancels a visit with less than 5 school days’ notice, all of its planned time counts "
        "as used.",
    ),
    (
        "notice_sentence",
        {"notice_days": 0},
        "If the school cancels a visit before it begins, its planned time is given back.",
    ),
    (
        "notice_sentence",
        {"late_charge_percent": 0},
        "If the school cancels a visit, its planned time is given back.",
    ),
    ("nobody_sentence", {}, "If nobody can meet the clinician, the planned time counts as used."),
    (
        "nobody_sentence",
        {"no_link_person": "given_back"},
        "If nobody can meet the clinician, the planned time is given back.",
    ),
    ("closed_sentence", {}, "If the school is closed that day, the planned time is given back."),
    (
        "closed_sentence",
        {"school_closed": "used"},
        "If the school is closed that day, the planned time counts as used.",
    ),
    ("clinician_sentence", {}, "If the clinician cancels, the planned time is given back."),
    (
        "clinician_sentence",
        {"kind": "core"},
        "If the clinician cancels, the planned time is given back and is owed to the school.",
    ),
    ("carry_over_sentence", {}, "Time that is left is not carried over."),
    (
        "carry_over_sentence",
        {"carry_over": "up_to", "carry_over_minutes": 225},
        "Up to 1 half day and 45 minutes of what is left is carried over to the next agreement, if that is "
        "signed within 60 days.",
    ),
    (
        "carry_over_sentence",
        {"carry_over": "all"},
        "All that is left is carried over to the next agreement, if that is signed within 60 days.",
    ),
    ("expiry_sentence", {}, "Time that is left expires after 31 August 2027."),
    ("expiry_sentence", {"carry_over": "all"}, "What is not carried over expires after 31 August 2027."),
    ("price_sentence", {}, "A half day costs £250.00."),
    ("price_sentence", {"unit": "day", "unit_price": Decimal("1250.5")}, "A day costs £1,250.50."),
    ("early_sentences", {}, []),
    (
        "early_sentences",
        {"early_price": Decimal(225), "early_until_on": date(2026, 6, 30)},
        ["Ordered by 30 June 2026, a half day costs £225.00."],
    ),
    (
        "approval_sentence",
        {},
        "An order over £1,000.00 waits for an approver of the school, unless one orders it.",
    ),
    (
        "counting_sentences",
        {},
        [
            "What counts: time with staff; staff training; preparation and writing up; liaison.",
            "What does not count: travel.",
        ],
    ),
    (
        "counting_sentences",
        {"counts_travel": True},
        ["What counts: time with staff; staff training; preparation and writing up; liaison; travel."],
    ),
    (
        "counting_sentences",
        dict.fromkeys(["counts_training", "counts_writing_up", "counts_liaison"], False),
        [
            "What counts: time with staff.",
            "What does not count: staff training; preparation and writing up; liaison; travel.",
        ],
    ),
]


@pytest.mark.parametrize(("part", "fields", "sentence"), CASES)
def test_each_rule_is_one_plain_sentence(part, fields, sentence):
    assert says(part, **fields) == sentence


@pytest.mark.parametrize(
    ("schedule", "sentence"),
    [
        ("at_once", "The whole order is invoiced when it is agreed."),
        ("termly", "A third of each order is invoiced each term."),
        ("two_years", "7 twelfths of each order are invoiced in September and 5 twelfths in April."),
        ("on_delivery", "The time that was used is invoiced each month."),
    ],
)
def test_when_invoices_come(make_agreement, schedule, sentence):
    assert sentence in price_sentences(make_agreement(schedule=schedule))


@pytest.mark.parametrize(
    ("units", "early", "sentence"),
    [
        (1, None, "1 half day costs £1,200.00."),
        (5, None, "5 half days together cost £1,200.00."),
        (
            5,
            Decimal(1100),
            "5 half days together cost £1,200.00, or £1,100.00 if ordered by 30 June 2026.",
        ),
    ],
)
def test_a_package(units, early, sentence):
    agreement = Agreement(early_until_on=date(2026, 6, 30))
    package = Package(units=units, price=Decimal(1200), early_price=early)
    assert sentences.package_sentence(agreement, package) == sentence


def test_what_is_bought_says_everything_once(bought):
    said = rule_sentences(bought)
    assert said == time_sentences(bought) + price_sentences(bought)
    assert said[-5:] == [
        "A half day costs £250.00.",
        "An order over £1,000.00 waits for an approver of the school, unless one orders it.",
        "The whole order is invoiced when it is agreed.",
        "An invoice is to be paid within 30 days.",
        "No VAT is charged.",
    ]
    assert (len(said), len(set(said))) == (17, 17)


def test_what_decides_is_part_of_what_is_said(bought):
    money, said = sentences.deciding_sentences(bought, prices=True), rule_sentences(bought)
    assert [sentence for sentence in money if sentence not in said] == []
    assert money[6:] == said[-3:]
    assert money[:6] == sentences.deciding_sentences(bought, prices=False)


def test_the_core_offer_has_no_price(core):
    assert price_sentences(core) == ["The core offer costs the school nothing."]


def test_no_sentence_of_time_has_a_price_in_it(bought):
    assert [sentence for sentence in time_sentences(bought) if "£" in sentence] == []


def test_every_rule_of_an_agreement_has_a_case_for_each_value():
    """A new choice of a rule has to get its sentence here."""
    tried = {(name, value) for _, fields, _ in CASES for name, value in fields.items()}
    rules = ["unit", "rounding", "notice", "no_link_person", "school_closed", "carry_over"]
    missing = [
        (name, value)
        for name in rules
        for value, _ in Agreement._meta.get_field(name).choices
        if value != Agreement._meta.get_field(name).default and (name, value) not in tried
    ]
    assert missing == []
