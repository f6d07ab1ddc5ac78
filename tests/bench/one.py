"""Measures one database, the one of DATABASE_URL: python -m tests.bench.one SIZE OUT [works …]

A program of its own, because Django knows one database in its life. Prints a line for each work.
"""

import json
import os
import sys
from pathlib import Path

import django

from .serve import serving
from .sizes import SIZES
from .targets import ADMIN_AT

ADMIN_SETTINGS = "tests.bench.admin_settings"


def main():
    size, out, *wanted = sys.argv[1:]
    django.setup()
    from .people import World

    world, found = World(), {}
    measure_product(SIZES[size], world, wanted, found)
    if size == ADMIN_AT or "admin" in wanted:
        measure_admin(world, wanted, found)
    Path(out).write_text(json.dumps(found))


def measure_product(size, world, wanted, found):
    from .measure import AT_A_TIME, measure
    from .people import sign_in
    from .works import works_at

    with serving(os.environ) as server:
        for work in works_at(size, wanted):
            person = getattr(world, work.role).person
            browsers = opened(server, lambda person=person: sign_in(person), AT_A_TIME)
            found[work.name] = measure(work, world, server, browsers, say)


def measure_admin(world, wanted, found):
    from .admin_works import WORKS
    from .measure import AT_A_TIME, measure
    from .people import plain_admin, sign_in

    if wanted and "admin" not in wanted:
        return
    backend, person = "django.contrib.auth.backends.ModelBackend", plain_admin()
    with serving(os.environ | {"DJANGO_SETTINGS_MODULE": ADMIN_SETTINGS}) as server:
        for work in WORKS:
            browsers = opened(server, lambda: sign_in(person, backend), AT_A_TIME)
            found[work.name] = measure(work, world, server, browsers, say)


def opened(server, session, number):
    from .browser import Browser

    return [Browser(server.port, session()) for _ in range(number)]


def say(work, figures):
    words = ", ".join(f"{name} {value}" for name, value in figures.items())
    print(f"  {work.name}: {words}", flush=True)


if __name__ == "__main__":
    main()
