"""Sessions as Django keeps them in the database, but for three things: errors of the database are raised as
what they are, every request's question is put together once, and a change does not wait for the disk."""

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as Stored
from django.db import connections, router, transaction
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
        """Raises UpdateError when the session was ended meanwhile, which makes the page a 400.

        Django raises it of every error. When the disk is full or the database is away nobody did anything
        wrong: that error is raised itself.
        """
        if must_create or self.session_key is None:
            super().save(must_create)
        elif not self._change():
            raise UpdateError

    def _change(self):
        """Whether it was still there.

        PostgreSQL answers before the change is on the disk. If its machine fails in that moment, the person
        signs in once more, is in the role of before, or is not told what was saved; what was saved is there,
        and who was signed out stays so, because a session that ends is deleted.
        """
        data = self._get_session()
        using = router.db_for_write(self.model)
        connection = connections[using]
        # Within a transaction of records, they would not wait either.
        by_itself = not connection.in_atomic_block
        with transaction.atomic(using=using):
            if by_itself and connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL synchronous_commit TO off")
            row = self.model.objects.using(using).filter(session_key=self.session_key)
            return row.update(session_data=self.encode(data), expire_date=self.get_expiry_date())
