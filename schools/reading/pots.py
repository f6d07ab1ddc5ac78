"""The pots of time of one school or of many, read together."""

from dataclasses import fields

from django.db.models import Exists, OuterRef

from schools.models import Agreement, AgreementSchool, TimeEntry
from schools.querysets import Numbers, numbers_of
from schools.services.pace import pace_of
from schools.services.school_days import SchoolDays
from web.prepared import padded, prepared

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
    members = _members(padded(partnerships), today)
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


@prepared
def _members(partnership_pks, today):
    in_use = {"agreement__state__in": Agreement.IN_USE, "agreement__last_on__gte": today}
    rows = AgreementSchool.objects.filter(partnership__in=partnership_pks, **in_use)
    rows = rows.annotate(
        is_shared=Exists(OTHER_SCHOOLS), owed=OWED_TO_ITS_SCHOOLS, owed_to_it=OWED_TO_IT
    ).select_related("agreement__payer__school")
    return rows.order_by("agreement__kind", "agreement__first_on", "agreement")


def time_by_school(pots):
    """[(pot, [(school, what it used, what it booked)])] of the shared pots that their school pays for.

    One query when there is one, none else.
    """
    paid = [pot for pot in pots if pot.is_shared and pot.pays]
    if not paid:
        return []
    rows = _schools(padded(pot.agreement.pk for pot in paid))
    return [
        (pot, [with_numbers(pot, row) for row in rows if row.agreement_id == pot.agreement.pk])
        for pot in paid
    ]


@prepared
def _schools(agreement_pks):
    rows = AgreementSchool.objects.filter(agreement__in=agreement_pks).select_related("partnership__school")
    return rows.order_by("partnership__school__name", "pk")


def with_numbers(pot, row):
    numbers = pot.by_school.get(row.partnership_id, Numbers())
    return row.partnership.school, pot.in_words(numbers.used), pot.in_words(numbers.booked)


def numbers_of_schools(agreements):
    """{key of an agreement: {key of a partnership: Numbers}}"""
    found = {pk: {} for pk in agreements}
    for row in _sums(padded(agreements)):
        found[row["agreement"]][row["partnership"]] = numbers_of(row)
    return found


@prepared
def _sums(agreement_pks):
    return TimeEntry.objects.filter(agreement__in=agreement_pks).sums_by("agreement", "partnership")


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
