"""The environment of the product's programs in tests: production over this database."""

import os

from django.conf import settings

from .programs import ROOT

HOST = "fortnight.example"


def environment(database_url, folder, *, mail_port=9, **more):
    """Uploads go into `folder`. Without a mail server no e-mail is ever taken."""
    return (
        os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "tests.machines.settings",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            "DATABASE_URL": database_url,
            # Those of this process, which signs people in and reads what was written.
            "SECRET_KEY": settings.SECRET_KEY,
            "NOTE_KEYS": ",".join(settings.NOTE_KEYS),
            "HISTORY_KEYS": ",".join(settings.HISTORY_KEYS),
            "ALLOWED_HOSTS": HOST,
            "BASE_URL": f"https://{HOST}",
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "STATIC_ROOT": str(folder / "static"),
            "MEDIA_ROOT": str(folder / "media"),
        }
        | more
    )
