"""Two addresses for whoever watches the server: `/health/`, the process lives, and `/ready/`, it can work.

They are answered before anything else: no host is compared, nobody is sent to HTTPS, no session is made, no
line is logged while all is well. What they say helps nobody who wants in.
"""

from functools import cache
from pathlib import Path

from django.apps import apps
from django.core.cache import cache as shared_cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponseNotAllowed, JsonResponse


class HealthPages:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        page = {"/health/": health, "/ready/": ready}.get(request.path_info)
        if page is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = page()
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response


def health():
    return JsonResponse({"alive": True})


def ready():
    """200, or 503 with which part is not there. A part that fails may leave the next unanswered."""
    parts = {name: answers(ask) for name, ask in PARTS.items()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def answers(ask):
    try:
        return ask()
    # Whatever it is, the part is not there; what the error says is for nobody here.
    except Exception:
        return False


def database_answers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def migrations_were_run():
    return migrations_here() <= MigrationRecorder(connection).applied_migrations().keys()


@cache
def migrations_here():
    """Pairs of app and name, of this code, which does not change while the process lives.

    By the names of files alone: to read what they do would cost each worker 9 MB that it never needs again.
    """
    return frozenset(
        (app.label, file.stem)
        for app in apps.get_app_configs()
        for file in Path(app.path).glob("migrations/[!_~]*.py")
    )


def cache_answers():
    shared_cache.get("ready")
    return True


PARTS = {"database": database_answers, "migrations": migrations_were_run, "cache": cache_answers}
