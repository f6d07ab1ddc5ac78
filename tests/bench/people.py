"""Who opens the pages, and how they are signed in: a session of theirs, written into the database."""

import time
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from .sizes import SERVICE

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
ADMIN = "plain-admin@bench.example"


class World:
    """The people of one service among all that are there: the one in the middle, who is nobody special."""

    def __init__(self):
        from accounts.models import RoleRow
        from schools.models import Service

        services = list(Service.objects.filter(name__startswith=SERVICE).order_by("pk"))
        self.service = services[len(services) // 2]
        self.kinds = RoleRow.Kind
        self.clinician = self.role("clinician", service=self.service)
        self.lead = self.role("service_lead", service=self.service)
        # Agreements that were bought are one school's of the demo: its heads have orders and statements.
        self.head = self.role("budget_holder", partnership__service=self.service)
        self.link = self.role("link_staff", partnership=self.head.partnership)

    def role(self, kind, **where):
        from accounts.models import RoleRow

        return RoleRow.objects.select_related("person").filter(kind=kind, **where).earliest("pk")


def sign_in(person, backend=BACKEND):
    """The key of a session in which the person has just signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = backend
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["active"] = (time.time(), time.time())
    session.create()
    return session.session_key


def plain_admin():
    """Somebody who may do everything in the plain admin, and has no role in the product."""
    from django.contrib.auth import get_user_model

    person, _ = get_user_model().objects.get_or_create(
        email=ADMIN, defaults={"is_staff": True, "is_superuser": True, "first_name": "Plain"}
    )
    return person
