"""The pots of time of one school or of many, read together."""

from dataclasses import fields

from django.db.models import Exists, OuterRef

from schools.models import Agreement, AgreementSchool, TimeEntry
from schools.querysets import Numbers
from schools.services.pace import pace_of
from schools.services.school_days import SchoolDays

from .owed import OWED_TO_IT, OWED_TO_ITS_SCHOOLS
from .pot import Pot

OTHER_SCHOOLS = AgreementSchool.objects.filter(agreement=OuterRef("agreement")).exclude(
    partnership=OuterRef("partnership")
)


def pots_of(partnership, today):
    """The pots of one school that are in force or about to be, bought time first."""
    return pots_of_many([partnership], today)[partnership.pk]


def pots_of_many(partnerships, today, days=None):
    """{key of a partnership: its pots}, in three queries for any number. `partnerships` come with their
    school; `days` are their SchoolDays, where somebody read them before."""
    partnerships = {partnership.pk: partnership for partnership in partnerships}
    rows = AgreementSchool.objects.filter(partnership__in=partnerships, agreement__state__in=Agreement.IN_USE)
    rows = rows.filter(agreement__last_on__gte=today).annotate(is_shared=Exists(OTHER_SCHOOLS))
    rows = rows.annotate(owed=OWED_TO_ITS_SCHOOLS, owed_to_it=OWED_TO_IT).select_related(
        "agreement__payer__school"
    )
    members = list(rows.order_by("agreement__kind", "agreement__first_on", "agreement"))
    agreements = {row.agreement_id: row.agreement for row in members}
    numbers = numbers_of_schools(agreements)
    payers = [pot.payer for pot in agreements.values()]
    days = days or SchoolDays.of_partnerships([*partnerships.values(), *payers])
    found = {pk: [] for pk in partnerships}
    for row in members:
        found[row.partnership_id].append(
            pot_of(row, partnerships[row.partnership_id], numbers[row.agreement_id], days, today)
        )
    return found


def time_by_school(pots):
    """[(pot, [(school, what it used, what it booked)])] of the shared pots that their school pays for.

    One query when there is one, none else.
    """
    paid = [pot for pot in pots if pot.is_shared and pot.pays]
    if not paid:
        return []
    rows = AgreementSchool.objects.filter(agreement__in=[pot.agreement.pk for pot in paid])
    rows = list(rows.select_related("partnership__school").order_by("partnership__school__name", "pk"))
    return [
        (pot, [with_numbers(pot, row) for row in rows if row.agreement_id == pot.agreement.pk])
        for pot in paid
    ]


def with_numbers(pot, row):
    numbers = pot.by_school.get(row.partnership_id, Numbers())
    return row.partnership.school, pot.in_words(numbers.used), pot.in_words(numbers.booked)


def numbers_of_schools(agreements):
    """{key of an agreement: {key of a partnership: Numbers}}"""
    found = {pk: {} for pk in agreements}
    entries = TimeEntry.objects.filter(agreement__in=agreements)
    for (agreement, partnership), numbers in entries.numbers_by("agreement", "partnership").items():
        found[agreement][partnership] = numbers
    return found


def pot_of(row, partnership, by_school, days, today):
    together = added_up(by_school.values())
    says_owed = row.agreement.is_core and row.agreement.first_on <= today
    owed = row.owed if row.agreement.payer_id == row.partnership_id else row.owed_to_it
    return Pot(
        agreement=row.agreement,
        partnership=partnership,
        numbers=together,
        pace=pace_of(row.agreement, together, days, today),
        today=today,
        by_school=by_school,
        is_shared=row.is_shared,
        owed_minutes=owed or 0 if says_owed else 0,
    )


def added_up(parts):
    parts = list(parts)
    return Numbers(**{part.name: sum(getattr(n, part.name) for n in parts) for part in fields(Numbers)})
