"""200 signed-in people for ten minutes: python -m tests.bench.load_held

They think for 10 seconds on average between two pages, and some of what they do is saving. DATABASE_URL names
a database with people in it, such as one of the benchmark; without it the demo is built, with --scale times
its history. Ends with 1 when anything went wrong or the 95th percentile is not below 300 ms. People, server
and database share the processors of this machine.
"""

import argparse
import asyncio
import os
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from tests.machines.programs import ROOT
from tests.machines.web import Web

SETTINGS = "tests.bench.slow_3g_settings"
MOST_MS = 300
# What docs/operations has for two processors.
WORKERS = 5


class Figures:
    def __init__(self):
        self.seconds, self.errors = defaultdict(list), Counter()

    def add(self, name, seconds):
        self.seconds[name].append(seconds)

    def error(self, kind, name):
        self.errors[kind, name] += 1

    @property
    def all(self):
        return [seconds for found in self.seconds.values() for seconds in found]


def three(seconds):
    """The median, the 95th and the 99th percentile in milliseconds."""
    cuts = quantiles(seconds, n=100, method="inclusive") if len(seconds) > 1 else [seconds[0]] * 99
    return [round(1000 * cuts[at - 1]) for at in (50, 95, 99)]


def report(figures, minutes, processor):
    rows = sorted(figures.seconds.items(), key=lambda row: -len(row[1]))
    print(f"{'page':44} {'times':>6} {'p50':>6} {'p95':>6} {'p99':>6}  ms")
    for name, seconds in [*rows, ("all", figures.all)]:
        print(f"{name:44} {len(seconds):6} " + " ".join(f"{ms:6}" for ms in three(seconds)))
    print(f"{len(figures.all) / minutes / 60:.1f} requests a second; web: {processor:.2f} processors")
    for (kind, name), times in figures.errors.most_common():
        print(f"ERROR {kind}: {times} times, {name}")
    p95 = three(figures.all)[1]
    print(f"{figures.errors.total()} errors; 95th percentile {p95} ms (below {MOST_MS})")
    return not figures.errors and p95 < MOST_MS


def processor_seconds(pid):
    """Of the server's processes, those that have ended included."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in [pid, *children]]
    # utime, stime and those of children that were waited for.
    return sum(int(field[at]) for field in fields for at in (11, 12, 13, 14)) / os.sysconf("SC_CLK_TCK")


def set_up(folder, scale):
    """Settings, a database and static files for the server, and Django for this program too."""
    os.environ["DJANGO_SETTINGS_MODULE"], os.environ["STATIC_FOLDER"] = SETTINGS, f"{folder}/static"
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/demo.sqlite3"
        manage("demo", "--no-serve", "--scale", scale)
    manage("collectstatic", "--noinput", "-v0")
    sys.path.insert(0, str(ROOT / "site"))
    import django

    django.setup()


def manage(*command):
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True)


async def all_at_work(people, minutes, think):
    until = time.monotonic() + 60 * minutes
    await asyncio.gather(*(person.work(until, think) for person in people))


def hold(chosen):
    from .held_people import Person
    from .held_world import who_they_are

    figures, luck = Figures(), random.Random(chosen.seed)
    server = Web(os.environ, workers=WORKERS, options=["--log-level", "warning"])
    people = [
        Person(server.port, kind, session, figures, random.Random(luck.random()), saving)
        for kind, session, saving in who_they_are(chosen.people)
    ]
    server.start()
    try:
        server.wait_until_it_answers()
        before, begun = processor_seconds(server.running.pid), time.monotonic()
        asyncio.run(all_at_work(people, chosen.minutes, chosen.think))
        processor = (processor_seconds(server.running.pid) - before) / (time.monotonic() - begun)
    finally:
        server.stop()
    return report(figures, chosen.minutes, processor)


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load_held", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--think", type=float, default=10, help="seconds, on average")
    parser.add_argument("--scale", default="3", help="of the demo, where DATABASE_URL names no database")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        set_up(folder, chosen.scale)
        return 0 if hold(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
