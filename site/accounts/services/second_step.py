from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import policies
from accounts.models import AuditEvent, User

from .giving import note, require_only_ours, still_acting


@transaction.atomic
def forget_second_step(acting, person, *, at, address=None):
    """For somebody who lost their phone and the codes: the next sign-in asks them to set up a new one.

    Their password is asked as before. Raises ValidationError for somebody who also works for another
    service, and for oneself.
    """
    acting = still_acting(acting, at)
    person = User.objects.select_for_update().get(pk=person.pk)
    if not policies.can_close_account(acting, person):
        raise ValidationError("You cannot change that account.")
    require_only_ours(acting, person, at)
    Authenticator.objects.filter(user=person).delete()
    said = f"Second step of {person} forgotten"
    note(acting, said, at, address, kind=AuditEvent.Kind.SECOND_FACTOR)
    return person
