"""Pins every package below the ones we name, without a lock file (which would record where they came from).

    uv run python -m tests.constraints --write     after a package was added or moved

A test holds the list current.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = ROOT / "pyproject.toml"
LIST = re.compile(r"constraint-dependencies = \[.*?\]", re.DOTALL)
RESOLVED = [
    *("export", "--frozen", "--quiet", "--no-hashes"),
    *("--no-emit-project", "--no-header", "--no-annotate"),
]


def resolved():
    """name==version, with the Pythons it is for where that matters, of all that `uv sync` would install."""
    uv = os.environ.get("UV") or str(Path(sys.executable).with_name("uv"))
    lines = subprocess.run([uv, *RESOLVED], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [line.strip() for line in lines.splitlines() if line.strip()]


def below_ours():
    """Those that pyproject.toml does not pin by name already."""
    project = tomllib.loads(PYPROJECT.read_text())
    named = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    direct = {normal(re.match(r"[\w.-]+", line).group()) for line in named}
    return [line for line in resolved() if normal(line.split("==")[0].split("[")[0]) not in direct]


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned():
    return tomllib.loads(PYPROJECT.read_text())["tool"]["uv"]["constraint-dependencies"]


def write():
    lines = "".join(f'    "{line}",\n' for line in below_ours())
    PYPROJECT.write_text(LIST.sub(lambda _: f"constraint-dependencies = [\n{lines}]", PYPROJECT.read_text()))


if __name__ == "__main__" and "--write" in sys.argv:
    write()
