from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import save_tracked
from consultations.models import SafeguardingMatter


@transaction.atomic
def record_telling(matter, *, told_name, told_at, how, by, school_reference=""):
    """The safeguarding lead was told: who, when and how, and the school system's own reference."""
    matter = SafeguardingMatter.objects.select_for_update().get(pk=matter.pk)
    if matter.told_at:
        raise ValidationError("It is already recorded who was told.")
    matter.told_name, matter.told_at, matter.how = told_name, told_at, how
    matter.school_reference = school_reference
    return save_tracked(matter, by=by, reason="Safeguarding lead told")
