"""Sessions as Django keeps them in the database, but for one thing it takes for another, and asked for with a
question that is put together once: every request asks it."""

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as Stored
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from web.prepared import prepared


@prepared
def sessions_in_use(key, now):
    # Not above: the settings name this module before there are models.
    from django.contrib.sessions.models import Session

    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(Stored):
    def _get_session_from_db(self):
        for session in sessions_in_use(self.session_key, timezone.now()):
            return session
        # So a new one gets a key of its own, as Django has it.
        self._session_key = None

    def save(self, must_create=False):
        """Django says of every error that the session was deleted meanwhile, and the page is a 400.

        When the disk is full or the database is away nobody did anything wrong: that error is raised itself.
        """
        try:
            super().save(must_create)
        except UpdateError as deleted:
            if isinstance(deleted.__context__, OperationalError | InterfaceError):
                raise deleted.__context__ from deleted.__context__.__cause__
            raise
