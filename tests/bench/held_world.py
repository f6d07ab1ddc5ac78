"""Who takes part in load_held.py, from a database that is filled: sessions of theirs, and what they save."""

from itertools import cycle

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts import access
from accounts.models import RoleRow
from consultations.models import DiscussionRequest
from consultations.services import withdraw_request
from resources.models import Theme
from schools.models import Visit
from schools.services import start_visit
from tests.filling import as_sent

from .held_people import kinds

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
MOST_ROLES = 100
REQUEST = {
    **{"about": "child", "child_year": "4", "sentence": "A child cries at the gate"},
    **{"parents_aware": "not_yet", "how_soon": "next_visit"},
}
TALK = {
    **{"subject": "child", "child": "no_name", "no_name_year": "4", "minutes": "15", "tried_nothing": "on"},
    **{"concern": "The mornings are hard again.", "agreed": "The same adult at the gate."},
    **{"risk": "no", "next_step": "nothing_more"},
}


def who_they_are(count):
    """[(kind of role, key of a session, form to save or None)]. Who is few signs in at several browsers."""
    roles = {kind: cycle(roles_of(kind)) for kind in set(kinds(count))}
    forms, found = {}, []
    for kind in kinds(count):
        role = next(roles[kind])
        session = signed_in(role)
        if role.pk not in forms:
            forms[role.pk] = form_of(role, session)
        found.append((kind, session, forms[role.pk]))
    return found


def roles_of(kind):
    rows = RoleRow.objects.current(timezone.localdate()).filter(kind=kind, person__is_active=True)
    found = list(rows.select_related("person").order_by("pk")[:MOST_ROLES])
    if not found:
        raise SystemExit(f"Nobody in this database is {kind.replace('_', ' ')}: it has to be filled first.")
    return found


def signed_in(role):
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(role.person.pk), BACKEND
    session[HASH_SESSION_KEY] = role.person.get_session_auth_hash()
    session[access.SESSION_KEY] = role.pk
    session.create()
    return session.session_key


def form_of(role, session):
    """(path, answers) of what the person saves; None for who saves nothing here.

    Link staff ask to talk about somebody, clinicians log a talk on the visit they are at.
    """
    if role.kind == RoleRow.Kind.LINK_STAFF:
        withdraw_what_was_asked(role)
        return "/requests/add/", as_opened("/requests/add/", session) | REQUEST
    visit = visit_begun(role) if role.kind == RoleRow.Kind.CLINICIAN else None
    if not visit:
        return None
    path, people = f"{visit.get_absolute_url()}add/", visit.partnership.people
    who = people.working(timezone.localdate()).earliest("pk").pk
    return path, as_opened(path, session) | TALK | {"staff": who, "themes": Theme.objects.first().pk}


def withdraw_what_was_asked(role):
    """By an earlier run: a school may have 40 requests waiting, and each run leaves a dozen."""
    asked = DiscussionRequest.objects.visible_to(role).waiting().filter(sentence=REQUEST["sentence"])
    for request in asked:
        withdraw_request(request, by=role.person, at=timezone.now(), opened_version=request.version)


def as_opened(path, session):
    """What the form holds before anybody types."""
    client = Client(headers={"Host": "localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    return as_sent(client.get(path))


def visit_begun(role):
    """A visit of the clinician that is going on: the next one is begun if none is."""
    open_ones = Visit.objects.visible_to(role).filter(clinician=role.person, finished_at=None, outcome="")
    begun = open_ones.filter(started_at__isnull=False).first()
    if begun:
        return begun
    for visit in open_ones.order_by("planned_start_at")[:5]:
        try:
            return start_visit(visit, by=role.person, at=timezone.now())
        except ValidationError:
            continue
    return None
