"""The database under the demo: is it the demo's own, and how to start over."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.services.product import ADDRESS

from .cast import DOMAIN

SQLITE_BESIDE = ["", "-wal", "-shm", "-journal"]


def refuse_production():
    """The demo's password is printed for everybody to read, so it never goes where HTTPS is enforced."""
    if settings.SECURE_SSL_REDIRECT:
        raise CommandError("These are the settings of a real service. The demo does not run there.")


def refuse_strangers():
    """Not into a database, and never over one, in which somebody works who is not of the demo."""
    people = get_user_model()
    if people._meta.db_table not in connection.introspection.table_names():
        return
    others = people.objects.exclude(email__endswith=f"@{DOMAIN}").exclude(email=ADDRESS)
    if others.exists():
        raise CommandError(
            "This database holds people who are not of the demo. Name another one in DATABASE_URL."
        )


def start_over():
    """Empty the database: the file goes on SQLite, every table of ours elsewhere."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        connection.close()
        for ending in SQLITE_BESIDE:
            path.with_name(path.name + ending).unlink(missing_ok=True)
        return
    ours = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        # Flushing would leave the tables without the rows that migrations wrote into them.
        for table in [*ours, "django_migrations"]:
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")


def prepare(progress):
    """Bring the tables up to date; makes them in an empty database, which takes a while."""
    with progress.counting("Preparing the database") as counter:
        call_command("migrate", interactive=False, no_color=True, stdout=Applied(counter))


class Applied:
    """Where the migrate command writes: each table change it names is counted, nothing else is shown."""

    def __init__(self, count):
        self.count = count

    def write(self, text):
        if "Applying" in text:
            self.count()

    def flush(self):
        pass
