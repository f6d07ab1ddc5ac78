"""A PostgreSQL of the benchmark's own, from Debian's programs, under .data/bench."""

import os
import pwd
import shutil
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path

USER = "fortnight"
# Of durability nothing but what a server that has no replica may leave out: rows that are loaded into a table
# which is new in the same transaction are not logged first.
SETTINGS = {
    **{"listen_addresses": "127.0.0.1", "fsync": "on", "wal_level": "minimal", "max_wal_senders": "0"},
    **{"shared_buffers": "2GB", "effective_cache_size": "8GB", "max_wal_size": "8GB"},
    **{"checkpoint_timeout": "15min", "random_page_cost": "1.1", "jit": "off"},
}


def programs():
    """The newest PostgreSQL that Debian's packages brought."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    if not found:
        raise SystemExit("There is no PostgreSQL here: apt-get install postgresql, or give --dsn.")
    return found[-1]


def as_postgres():
    """PostgreSQL refuses to run as root."""
    if os.getuid():
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def make(folder):
    folder.mkdir(parents=True)
    if not os.getuid():
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    initdb = [*as_postgres(), programs() / "initdb", "-D", folder / "data", "-U", USER, "--auth=trust"]
    subprocess.run([*initdb, "-E", "UTF8", "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def running(folder):
    """Gives the address of its databases without their name, and stops it after. Its data are kept.

    One that another run started, or left behind, is used and left as it is.
    """
    if not (folder / "data").exists():
        shutil.rmtree(folder, ignore_errors=True)
        make(folder)
    pg_ctl = [*as_postgres(), programs() / "pg_ctl", "-D", folder / "data"]
    if subprocess.run([*pg_ctl, "status"], stdout=subprocess.DEVNULL).returncode == 0:
        yield address((folder / "data" / "postmaster.pid").read_text().splitlines()[3])
        return
    port = free_port()
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    start = ["-w", "-t", "600", "-l", folder / "log", "-o", f"{options} -p {port} -k {folder}", "start"]
    subprocess.run([*pg_ctl, *start], check=True, stdout=subprocess.DEVNULL)
    try:
        yield address(port)
    finally:
        subprocess.run([*pg_ctl, "-w", "-m", "fast", "stop"], check=True, stdout=subprocess.DEVNULL)


def address(port):
    return f"postgres://{USER}@127.0.0.1:{port}"
