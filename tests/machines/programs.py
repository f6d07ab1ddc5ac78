"""Debian's own programs, and who runs them."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = ROOT / "docs" / "operations"
SERVER = "postgres"


def postgresql(name):
    """A program of PostgreSQL's newest version on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    return str(found[-1]) if found else shutil.which(name)


def pgbouncer():
    return shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")


def missing():
    """Debian packages that a primary, a replica and a pool need and that are not here."""
    needed = {"postgresql": postgresql("initdb"), "pgbouncer": pgbouncer()}
    return [package for package, program in needed.items() if not program]


def as_server():
    """Neither PostgreSQL nor PgBouncer runs as root."""
    if os.getuid():
        return {}
    account = pwd.getpwnam(SERVER)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def give_to_server(folder):
    """The account that PostgreSQL runs as may write there, and enter."""
    if not os.getuid():
        shutil.chown(folder, SERVER, SERVER)
    folder.chmod(0o755)


def run(*command, **more):
    # No pipe: a server that was started would hold on to it, and this would wait for the server's end.
    how = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/"} | as_server() | more
    return subprocess.run([str(part) for part in command], **how)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(true, seconds=20):
    """Waits for it; says whether it came."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if true():
            return True
        time.sleep(0.05)
    return False
