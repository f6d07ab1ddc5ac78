from django.db import transaction

from accounts.services import save_tracked
from schools.models import SchoolPerson


def add_person(partnership, *, name, job, by, phone="", safeguarding_order=None, account=None):
    """Somebody of the school who can be named in records; an account is not needed for that."""
    person = SchoolPerson(
        partnership=partnership,
        name=name,
        job=job,
        phone=phone,
        safeguarding_order=safeguarding_order,
        account=account,
    )
    return save_tracked(person, by=by, reason="Added to the school's people")


@transaction.atomic
def join_school(partnership, account, *, name, job, on, by, as_safeguarding_lead=False):
    """Somebody with an account belongs to the school's people from now on.

    The person listed under exactly this name and without an account is taken to be them; where there is
    none, or more than one, they are added. One listed as safeguarding lead is so taken only where that is
    the role given: a typed name makes nobody the one who is told of a risk. Returns the person.
    """
    listed = SchoolPerson.objects.filter(partnership=partnership).working(on)
    there = listed.filter(account=account).first()
    if there:
        return there
    same = listed.filter(account=None, name__iexact=name).select_for_update()
    if not as_safeguarding_lead:
        same = same.filter(safeguarding_order=None)
    same = list(same[:2])
    if len(same) != 1:
        return add_person(partnership, name=name, job=job, account=account, by=by)
    person = same[0]
    person.account = account
    return save_tracked(person, by=by, reason="Has an account now")


@transaction.atomic
def change_person(person, *, by, reason, opened_version, **fields):
    """Change name, job, phone or safeguarding order. Raises StaleVersion."""
    person = SchoolPerson.objects.select_for_update().get(pk=person.pk)
    person.require_version(opened_version)
    for field, value in fields.items():
        setattr(person, field, value)
    return save_tracked(person, by=by, reason=reason)


@transaction.atomic
def record_leaver(person, *, left_on, by):
    """From `left_on` the person is no longer offered in forms. Records keep the name."""
    person = SchoolPerson.objects.select_for_update().get(pk=person.pk)
    person.left_on = left_on
    return save_tracked(person, by=by, reason="Left the school")
