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


def _email(version, kind, at):
    partnership = version.plan.partnership
    roles = RoleRow.objects.current(timezone.localdate(at)).filter(
        partnership=partnership, kind=kind, person__is_active=True
    )
    said = {"service": partnership.service, "school": partnership.school, "count": 1}
    said["about"] = digest_about(version)
    for role in roles.select_related("person").order_by("pk"):
        queue_email(Delivery.Kind.PLAN_READY, at=at, person=role.person, role=role, **said)


def link_staff_were_emailed(version):
    """Whether an e-mail about this version was sent to somebody, or still may be."""
    emails = Delivery.objects.filter(kind=Delivery.Kind.PLAN_READY, about=digest_about(version))
    return emails.exclude(state=Delivery.State.GIVEN_UP).exists()


def digest_about(version):
    """Stands in the log in place of the version, so that the log leads to no child."""
    return digest_of(f"plan version {version.pk}")
