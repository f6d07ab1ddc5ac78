"""The life of an agreement: draft, sent, signed, active, ended; and the core offer, which is given."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import save_tracked
from schools.models import Agreement, AgreementSchool, Partnership

from .ledger import Kind, lock_pot, post

State = Agreement.State


@transaction.atomic
def record_core_offer(partnership, *, first_on, last_on, granted_minutes, by, at, **rules):
    """What a school has free of charge in a year. It is in force at once; its minutes are given now.

    `rules` are columns of TimeRules. Raises ValidationError when the school has an offer for one of these
    days already.
    """
    offer = Agreement(
        service=partnership.service,
        payer=partnership,
        kind=Agreement.Kind.CORE,
        state=State.ACTIVE,
        first_on=first_on,
        last_on=last_on,
        granted_minutes=granted_minutes,
        **rules,
    )
    require_no_other(offer, [partnership])
    save_tracked(offer, by=by, reason="Core offer recorded")
    add_school(offer, partnership, by=by)
    if granted_minutes:
        post(offer, Kind.GRANT, granted_minutes, partnership=partnership, by=by, at=at)
    return offer


@transaction.atomic
def draft_agreement(payer, *, schools, fields, by):
    """Write down what is to be bought on which terms. `fields` are columns of TimeRules and Prices, and
    the first and last day. `schools` are those that draw on it, the payer among them."""
    agreement = Agreement(service=payer.service, payer=payer, kind=Agreement.Kind.BOUGHT, **fields)
    save_tracked(agreement, by=by, reason="Agreement drafted")
    for partnership in schools:
        add_school(agreement, partnership, by=by)
    return agreement


@transaction.atomic
def sign_agreement(agreement, *, signed_on, signed_by_name, signed_by_job, by, at):
    """The school signs; `by` is who signs here, or records what was signed on paper.

    Raises ValidationError when one of its schools has another agreement for one of its days.
    """
    agreement = lock_pot(agreement)
    if agreement.state not in (State.DRAFT, State.SENT):
        raise ValidationError("This agreement is signed already.")
    require_no_other(agreement, [row.partnership for row in agreement.members.all()])
    agreement.state, agreement.sent_at = State.SIGNED, agreement.sent_at or at
    agreement.signed_on, agreement.signed_by = signed_on, by
    agreement.signed_by_name, agreement.signed_by_job = signed_by_name, signed_by_job
    return save_tracked(agreement, by=by, reason="Signed")


@transaction.atomic
def activate_agreement(agreement, *, by, on):
    """Its year has begun. Pressing it again changes nothing."""
    agreement = lock_pot(agreement)
    if agreement.state == State.ACTIVE:
        return agreement
    if agreement.state != State.SIGNED or agreement.first_on > on:
        raise ValidationError("An agreement is in force when it is signed and its first day has come.")
    agreement.state = State.ACTIVE
    return save_tracked(agreement, by=by, reason="In force")


def add_school(agreement, partnership, *, by):
    if partnership.service_id != agreement.service_id:
        raise ValidationError("Schools of another service cannot be in this agreement.")
    row = AgreementSchool(agreement=agreement, partnership=partnership)
    return save_tracked(row, by=by, reason="School added")


def require_no_other(agreement, partnerships):
    """Raises ValidationError when one of these schools has another of the kind for a day of it.

    Their rows are locked first, so that two agreements signed at once see one another.
    """
    keys = [partnership.pk for partnership in partnerships]
    for partnership in Partnership.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"):
        others = Agreement.objects.of_school(partnership).filter(kind=agreement.kind)
        others = others.meeting(agreement.first_on, agreement.last_on).exclude(pk=agreement.pk)
        other = others.exclude(state=State.SENT).first()
        if other:
            raise ValidationError(
                f"{partnership.school} has {other.get_kind_display().lower()} from "
                f"{other.first_on:%-d %B %Y} to {other.last_on:%-d %B %Y} already."
            )
