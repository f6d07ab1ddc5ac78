"""Sessions as Django keeps them in the database, but for one thing it takes for another."""

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as Stored
from django.db import InterfaceError, OperationalError


class SessionStore(Stored):
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
