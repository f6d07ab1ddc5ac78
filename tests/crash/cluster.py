"""A PostgreSQL server of a test's own, which it may stop and kill. It listens on 127.0.0.1 alone."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.post import free_port

from .served import url_of


def program(name):
    """Of the newest version on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    return str(found[-1]) if found else shutil.which(name)


def as_server():
    """PostgreSQL refuses to run as root."""
    if os.getuid():
        return {}
    account = pwd.getpwnam("postgres")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def run(name, *options, **more):
    command = [program(name), *map(str, options)]
    return subprocess.run(command, check=True, capture_output=True, **more)


class Cluster:
    def __init__(self):
        # Not below the folder of the test, which is closed to other accounts.
        self.folder, self.port = Path(tempfile.mkdtemp(prefix="fortnight-")), free_port()
        if not os.getuid():
            shutil.chown(self.folder, "postgres", "postgres")
        self.data = self.folder / "data"
        options = ["--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        run("initdb", "-D", self.data, "-U", "fortnight", *options, **as_server())
        self.control("start")

    def url(self, database):
        return f"postgres://fortnight@127.0.0.1:{self.port}/{database}"

    def control(self, act, *options):
        """pg_ctl, which waits until the server has done it."""
        how = f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self.folder}"
        starting = [] if act == "stop" else ["-l", self.folder / "log", "-o", how]
        command = [program("pg_ctl"), act, "-w", "-D", self.data, *starting, *options]
        # No pipe: the server would hold on to it, and this would wait for the server's end.
        subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, **as_server())

    def copy(self, connection, name, *, more=""):
        """A database with all that another server's holds; `more` stands behind CREATE DATABASE."""
        self.ask(f"CREATE DATABASE {name} {more}")
        whole = run("pg_dump", "--no-owner", url_of(connection))
        run("psql", "-q", "-v", "ON_ERROR_STOP=1", self.url(name), input=whole.stdout)
        return self.url(name)

    def ask(self, sql):
        run("psql", "-q", "-c", sql, self.url("postgres"))

    def end(self):
        self.control("stop", "-m", "immediate")
        shutil.rmtree(self.folder)
