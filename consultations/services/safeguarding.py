"""That somebody was told of a risk of harm. Never what about, and never by e-mail."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import save_tracked
from consultations.models import SafeguardingMatter


@transaction.atomic
def record_telling(matter, *, told_name, told_at, how, by, school_reference="", told_person=None):
    """The safeguarding lead was told: who, when and how, and the school system's own reference.

    Raises ValidationError when it is recorded already, or when `told_person` is of another school.
    """
    matter = SafeguardingMatter.objects.select_for_update().get(pk=matter.pk)
    if matter.told_at:
        raise ValidationError("It is already recorded who was told.")
    matter.told_person, matter.told_name, matter.how = told_person, told_name, how
    matter.told_at, matter.told_by, matter.school_reference = told_at, by, school_reference
    return save_tracked(matter, by=by, reason="Safeguarding lead told")


@transaction.atomic
def acknowledge_telling(matter, *, by, at):
    """The safeguarding lead says "I was told". Once: a second press changes nothing."""
    matter = SafeguardingMatter.objects.select_for_update().get(pk=matter.pk)
    if not matter.told_at:
        raise ValidationError("Nobody has been told yet.")
    if matter.acknowledged_at:
        return matter
    matter.acknowledged_at, matter.acknowledged_by = at, by
    return save_tracked(matter, by=by, reason="Confirmed being told")


@transaction.atomic
def change_school_reference(matter, *, reference, by, opened_version):
    """The safeguarding lead adds or corrects the reference of their own system. Raises StaleVersion."""
    matter = SafeguardingMatter.objects.select_for_update().get(pk=matter.pk)
    matter.require_version(opened_version)
    if not matter.told_at:
        raise ValidationError("Nobody has been told yet.")
    if matter.school_reference == reference:
        return matter
    matter.school_reference = reference
    return save_tracked(matter, by=by, reason="School system's reference written down")
