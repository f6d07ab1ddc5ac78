from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import policies
from accounts.models import AuditEvent, Delivery, User

from .emails import queue_email
from .giving import note, require_only_ours, still_acting
from .sessions import end_sessions


@transaction.atomic
def forget_second_step(acting, person, *, at, address=None):
    """For somebody who lost their phone and the codes: the next sign-in asks them to set up a new one.

    Their password is asked as before. Every session of theirs ends, and an e-mail tells them. Raises
    ValidationError for oneself, for somebody who also works for another service or has no second step, and
    when a role of theirs sees cases and the one who acts is not the lead.
    """
    acting = still_acting(acting, at)
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not policies.can_forget_second_step(acting, person):
        raise ValidationError("You cannot change this account. Where a role sees cases, the lead does.")
    require_only_ours(acting, person, at)
    if not Authenticator.objects.filter(user=person).delete()[0]:
        raise ValidationError(f"{person} has no second step now.")
    end_sessions(person)
    said = {"service": acting.service, "staff": acting.person, "happened_at": at}
    queue_email(Delivery.Kind.SECOND_STEP, at=at, person=person, **said)
    said = f"Second step of {person} forgotten"
    note(acting, said, at, address, kind=AuditEvent.Kind.SECOND_FACTOR)
    return person
