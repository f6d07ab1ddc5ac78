"""Takes out one line at a time, in a copy of the tree, and runs the tests that ought to notice.

python -m tests.mutations            all of them
python -m tests.mutations share      those whose file or name holds the word
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from . import calendars, cycle, gate, leaving, money, patterns, policies, rows, sharing, visits

PARTS = (gate, policies, rows, sharing, cycle, money, patterns, visits, leaving, calendars)
MUTATIONS = [one for part in PARTS for one in part.MUTATIONS]
HERE = Path(__file__).resolve().parents[2]


def copy_of_the_tree(target):
    """What git knows, and nothing else: no database, no environment."""
    named = subprocess.run(["git", "ls-files", "-z"], cwd=HERE, capture_output=True, check=True, text=True)
    for name in filter(None, named.stdout.split("\0")):
        if (HERE / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(HERE / name, target / name)


def run(tree, tests, *options):
    """Runs tests in the copy; returns (passed, the first test that failed)."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--show-capture=no", "--tb=no", *options, *tests]
    environment = {**os.environ, "PYTHONPATH": f"{tree}:{tree / 'site'}"}
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, env=environment)
    lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return done.returncode == 0, lines[0].split(" - ")[0] if lines else done.stdout[-300:]


def mutate(tree, mutation):
    """Change the one place; returns how to put it back. Raises ValueError when it is not there once."""
    path = tree / mutation.file
    before = path.read_text()
    found = before.count(mutation.old)
    if found != 1:
        raise ValueError(f"{mutation.file}: {mutation.old!r} stands there {found} times")
    path.write_text(before.replace(mutation.old, mutation.new))
    return lambda: path.write_text(before)


def main(words):
    chosen = [one for one in MUTATIONS if all(word in f"{one.file} {one.name}" for word in words)]
    survived = 0
    with TemporaryDirectory() as folder:
        tree = Path(folder)
        copy_of_the_tree(tree)
        everything = sorted({test for one in chosen for test in one.tests})
        passed, why = run(tree, everything, "--create-db")
        if not passed:
            sys.exit(f"The tests do not pass as it is: {why}")
        for one in chosen:
            put_back = mutate(tree, one)
            passed, killer = run(tree, one.tests, "--reuse-db")
            put_back()
            survived += passed
            print(
                "SURVIVED" if passed else "killed", "|", one.name, "|", "" if passed else killer, flush=True
            )
    print(f"{len(chosen) - survived} of {len(chosen)} killed")
    return survived


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
