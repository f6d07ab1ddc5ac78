"""The one place that makes and sends e-mails. What they may say stands in the columns of Delivery.

Plain text. The subject is the same for every child, and the link leads to the sign-in page; a token is
only in the links of invitations and password resets.
"""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Delivery
from web.calendar_file import Entry, calendar_file
from web.words import counted, in_units, longdate, minutes_in_words, pounds

Kind = Delivery.Kind
SUBJECTS = {
    Kind.PLAN_READY: "A plan is ready for you to agree",
    Kind.REVIEWS_DUE: "{reviews} due",
    Kind.INVITED: "You have been invited to {service}",
    Kind.NEW_DEVICE: "New sign-in to your account",
    Kind.PASSWORD_RESET: "Choose a new password",
    Kind.SECOND_STEP: "Your second step was removed",
    Kind.VISIT_CHANGED: "Your visit has changed",
    Kind.TIME_USED: "Visit on {visit_on}: time used",
    Kind.TIME_LOW: "{left_or_none}",
    Kind.ORDER: "Order {number}: {order_state}",
    Kind.AGREEMENT: "An agreement is ready for you to sign",
    Kind.ADJUSTMENT: "A change of clinician time waits for you",
    Kind.VISIT_REMINDER: "Clinician visit on {visit_on}",
    Kind.PHONE_SCHOOL: "A school would like you to phone",
    Kind.VISITS_CHANGED: "Your visits have changed",
    Kind.VISIT_COVERED: "The visit on {visit_on} has another clinician",
    Kind.CLINICIAN_NEW: "You have a new clinician",
    Kind.TOOK_OVER: "You go on with the work of {staff}",
}


def send(delivery):
    """Hand it to the mail server. Raises whatever the connection raises."""
    message_of(delivery).send()


def greet():
    """Connect to the mail server and sign in, send nothing. Raises whatever the connection raises."""
    connection = get_connection()
    connection.open()
    connection.close()


def send_test(address):
    """One e-mail that says nothing, for whoever sets the server up."""
    body = f"E-mails of Fortnight at {settings.BASE_URL} arrive.\n"
    EmailMessage("Test of Fortnight's e-mail", body, settings.DEFAULT_FROM_EMAIL, [address]).send()


def message_of(delivery):
    values = values_of(delivery)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    message = EmailMessage(
        subject=" ".join(SUBJECTS[delivery.kind].format(**values).split()),
        body=render_to_string(f"accounts/email/{delivery.kind}.txt", values).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[delivery.to],
        # The same at every try: who gets it twice can be shown it once. And no "out of office" comes back.
        headers={"Message-ID": f"<{delivery.key}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
    if delivery.calendar_uid:
        message.attach("visit.ics", visit_file(delivery), "text/calendar")
    elif visits := said_by(delivery):
        message.attach("visits.ics", visits_file(delivery, visits), "text/calendar")
    return message


def visit_file(delivery):
    """The visit as it is now. A calendar program that had it at another time moves it."""
    visit = Entry(
        uid=delivery.calendar_uid,
        sequence=delivery.calendar_sequence,
        starts_at=delivery.moved_to_at or delivery.happened_at,
        ends_at=delivery.moved_until_at,
        summary=f"Visit: {delivery.school}",
    )
    return calendar_file([visit], at=delivery.queued_at, url=sign_in_url())


def visits_file(delivery, visits):
    """Those given. A calendar program moves those it had, and strikes out the cancelled."""
    entries = [
        Entry(
            uid=visit.calendar_uid,
            sequence=visit.calendar_sequence,
            starts_at=visit.starts_at,
            ends_at=visit.ends_at,
            summary=f"Visit: {visit.school or delivery.school}",
            is_cancelled=visit.is_cancelled,
        )
        for visit in visits
    ]
    return calendar_file(entries, at=delivery.queued_at, url=sign_in_url())


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
        **visits_of(delivery),
        **time_values_of(delivery),
    }


def said_by(delivery):
    return list(delivery.visits.select_related("school")) if delivery.kind in Delivery.BRINGS_VISITS else []


def visits_of(delivery):
    """The visits that it tells of: at their new times, and those that do not take place."""
    said = said_by(delivery)
    return {
        "visits": [visit for visit in said if not visit.is_cancelled],
        "visits_off": [visit for visit in said if visit.is_cancelled],
    }


def time_values_of(delivery):
    """What is said of visits, time and orders, in words."""
    unit = delivery.get_unit_display()
    amount, left = delivery.amount, delivery.left_minutes
    has_left, pot = left is not None and left > 0, delivery.get_pot_display()
    return {
        "visit_on": longdate(delivery.happened_at),
        "moved_to_at": delivery.moved_to_at,
        "change": delivery.get_change_display(),
        "used": minutes_in_words(delivery.minutes),
        "pot": pot,
        "left": in_units(left, unit, delivery.unit_minutes) if has_left else "",
        "left_or_none": f"You have {in_units(left, unit, delivery.unit_minutes)} of {pot} left"
        if has_left
        else f"Your {pot} is used up",
        "until_on": delivery.until_on,
        "number": delivery.number,
        "quantity": counted(delivery.count, unit) if unit and delivery.count else "",
        "amount": pounds(amount),
        "order_state": delivery.get_order_state_display(),
        "because": delivery.get_declined_because_display(),
    }


def sign_in_url():
    return settings.BASE_URL.rstrip("/") + reverse(settings.LOGIN_URL)
