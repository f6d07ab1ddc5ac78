"""Who is e-mailed about a plan. The e-mail itself says nothing of it but the school: see accounts.mail."""

from django.utils import timezone

from accounts.models import Delivery, RoleRow
from accounts.services import digest_of, queue_email


def email_link_staff(version, *, at):
    """Tell the link staff that a plan is ready for them to agree, each of them once for each version."""
    _email(version, RoleRow.Kind.LINK_STAFF, at)


def email_clinicians(version, *, at):
    """Tell the clinicians of the school that a change it sent waits for them to agree, in the same words."""
    _email(version, RoleRow.Kind.LINK_CLINICIAN, at)


def email_clinicians_to_phone(request, *, at):
    """Tell the clinicians of the school that it would like to be phoned. The number stands on the page."""
    about = digest_of(f"phone about request {request.pk}")
    _email_at(request.partnership, RoleRow.Kind.LINK_CLINICIAN, Delivery.Kind.PHONE_SCHOOL, about, at)


def email_visit_reminder(visit, *, at):
    """Ask the link staff whom to talk about at a visit that is near, each of them once for each visit.

    Returns how many e-mails are new.
    """
    about = digest_of(f"visit reminder {visit.pk}")
    told = Delivery.objects.filter(kind=Delivery.Kind.VISIT_REMINDER, about=about)
    before = told.count()
    said = {"staff": visit.clinician, "happened_at": visit.planned_start_at}
    kinds = RoleRow.Kind.LINK_STAFF, Delivery.Kind.VISIT_REMINDER
    _email_at(visit.partnership, *kinds, about, at, **said)
    return told.count() - before


def _email(version, kind, at):
    about, ready = digest_about(version), Delivery.Kind.PLAN_READY
    _email_at(version.plan.partnership, kind, ready, about, at, count=1)


def _email_at(partnership, role_kind, kind, about, at, **said):
    """One e-mail to everybody who is in such a role at a school today."""
    roles = RoleRow.objects.current(timezone.localdate(at)).filter(
        partnership=partnership, kind=role_kind, person__is_active=True
    )
    said |= {"service": partnership.service, "school": partnership.school, "about": about}
    for role in roles.select_related("person").order_by("pk"):
        queue_email(kind, at=at, person=role.person, role=role, **said)


def link_staff_were_emailed(version):
    """Whether an e-mail about this version was sent to somebody, or still may be."""
    emails = Delivery.objects.filter(kind=Delivery.Kind.PLAN_READY, about=digest_about(version))
    return emails.exclude(state=Delivery.State.GIVEN_UP).exists()


def digest_about(version):
    """Stands in the log in place of the version, so that the log leads to no child."""
    return digest_of(f"plan version {version.pk}")
