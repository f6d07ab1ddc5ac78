"""The one place that makes and sends e-mails. What they may say stands in the columns of Delivery.

Plain text. The subject is the same for every child, and the link leads to the sign-in page; a token is
only in the links of invitations and password resets.
"""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Delivery

Kind = Delivery.Kind
SUBJECTS = {
    Kind.PLAN_READY: "A plan is ready for you to agree",
    Kind.REVIEWS_DUE: "{reviews} due",
    Kind.INVITED: "You have been invited to {service}",
    Kind.NEW_DEVICE: "New sign-in to your account",
    Kind.PASSWORD_RESET: "Choose a new password",
    Kind.SECOND_STEP: "Your second step was removed",
}


def send(delivery):
    """Hand it to the mail server. Raises whatever the connection raises."""
    message_of(delivery).send()


def message_of(delivery):
    values = values_of(delivery)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return EmailMessage(
        subject=" ".join(SUBJECTS[delivery.kind].format(**values).split()),
        body=render_to_string(f"accounts/email/{delivery.kind}.txt", values).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[delivery.to],
        # The same at every try: who gets it twice can be shown it once. And no "out of office" comes back.
        headers={"Message-ID": f"<{delivery.key}@{domain}>", "Auto-Submitted": "auto-generated"},
    )


def values_of(delivery):
    """All that a template of an e-mail can print."""
    return {
        "service": str(delivery.service or ""),
        "school": str(delivery.school or ""),
        "place": str(delivery.school or delivery.service or ""),
        "staff": str(delivery.staff or ""),
        "role": delivery.get_role_kind_display().lower(),
        "count": delivery.count,
        "reviews": "1 review is" if delivery.count == 1 else f"{delivery.count} reviews are",
        "due_on": delivery.due_on,
        "happened_at": delivery.happened_at,
        "url": delivery.link or sign_in_url(),
    }


def sign_in_url():
    return settings.BASE_URL.rstrip("/") + reverse(settings.LOGIN_URL)
