"""The demo's database as the last release left it, packed: as a file of SQLite, and as the text of pg_dump.

A release is packed from its own checkout, with a new environment and, once for each kind of database, a new
database in DATABASE_URL:

    git worktree add ../release v0.1.0 && cd ../release
    export DATABASE_URL=sqlite:///release.sqlite3      # and then postgres://…/release
    uv run manage.py migrate
    uv run manage.py shell -c 'from sys import stdout; from django.core.management.base import OutputWrapper;
        from django.utils.timezone import localdate; from home.demo import build_demo;
        from home.demo.progress import Progress;
        build_demo(today=localdate(), seed=1, past_visits=2, progress=Progress(OutputWrapper(stdout)))'
    cd - && uv run python -m tests.upgrade.releases $DATABASE_URL 0.1.0

Two past visits of each school have a row in nearly every table, and eight would make a file twice as long.
"""

import lzma
import sqlite3
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

RELEASE = "0.1.0"
HERE = Path(__file__).parent
DUMP = ["pg_dump", "--no-owner", "--no-privileges", "--rows-per-insert=500"]


def packed(release, vendor):
    return HERE / f"release-{release}.{'sqlite3' if vendor == 'sqlite' else 'sql'}.xz"


def put_sqlite(path):
    path.write_bytes(lzma.decompress(packed(RELEASE, "sqlite").read_bytes()))


def put_postgresql(**database):
    text = lzma.decompress(packed(RELEASE, "postgresql").read_bytes()).decode()
    with psycopg.connect(**database) as connection:
        connection.execute(text)


def pack(url, release):
    vendor = "sqlite" if url.startswith("sqlite") else "postgresql"
    content = sqlite_file(url.removeprefix("sqlite:///")) if vendor == "sqlite" else dump(url)
    packed(release, vendor).write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))


def sqlite_file(path):
    """As one file, without what deleted rows leave."""
    with TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.sqlite3"
        connection = sqlite3.connect(path)
        connection.execute("VACUUM INTO ?", [str(whole)])
        connection.close()
        return whole.read_bytes()


def dump(url):
    """In statements alone: newer releases of pg_dump write lines for psql around them."""
    said = subprocess.run([*DUMP, url], capture_output=True, check=True).stdout
    return b"".join(
        line
        for line in said.splitlines(keepends=True)
        if not line.startswith((b"\\restrict", b"\\unrestrict"))
    )


if __name__ == "__main__":
    pack(*sys.argv[1:])
