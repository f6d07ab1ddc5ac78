"""Programs of the product that the benchmark starts, each with the address of its database."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".data" / "bench"
SETTINGS = "tests.bench.settings"


def environment(url):
    paths = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": SETTINGS, "PYTHONPATH": paths}


def run(url, *command):
    """A program of Python in the product's folder, with the database of that address."""
    whole = [sys.executable, *map(str, command)]
    subprocess.run(whole, cwd=ROOT, env=environment(url), check=True, stdout=subprocess.DEVNULL)


def manage(url, *command):
    run(url, "manage.py", *command)
