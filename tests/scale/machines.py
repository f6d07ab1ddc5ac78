"""A primary, its streaming replica, PgBouncer before both, and gunicorn: Debian's own programs, in a folder
of their own, with the settings of docs/operations. They listen on 127.0.0.1 alone."""

import configparser
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from tests.post import free_port

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = ROOT / "docs" / "operations"
SERVER = "postgres"
# What this machine can do, and what a test need not wait for: its records are gone with the folder.
SMALLER = "shared_buffers = 64MB\nmaintenance_work_mem = 64MB\nfsync = off\nlogging_collector = off\n"


def postgresql(name):
    """A program of PostgreSQL's newest version on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    return str(found[-1]) if found else shutil.which(name)


def pgbouncer():
    return shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")


def missing():
    """Debian packages that this needs and that are not here."""
    needed = {"postgresql": postgresql("initdb"), "pgbouncer": pgbouncer()}
    return [package for package, program in needed.items() if not program]


def as_server():
    """Neither PostgreSQL nor PgBouncer runs as root."""
    if os.getuid():
        return {}
    account = pwd.getpwnam(SERVER)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def run(*command, **more):
    how = {"check": True, "capture_output": True, "text": True, "cwd": "/"} | as_server() | more
    return subprocess.run([str(part) for part in command], **how)


class Cluster:
    """A PostgreSQL server with a folder and a port."""

    def __init__(self, folder, name):
        self.folder, self.port, self.sockets = folder / name, free_port(), folder

    def url(self, database="fortnight"):
        return f"postgres://fortnight@127.0.0.1:{self.port}/{database}"

    def make(self):
        options = ["--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        run(postgresql("initdb"), "-D", self.folder, "-U", "fortnight", *options)
        self.configure("postgresql-primary.conf")

    def copy_of(self, primary):
        """A streaming replica, as docs/operations.md makes one."""
        source = f"postgres://fortnight@127.0.0.1:{primary.port}/postgres"
        options = ["--write-recovery-conf", "--create-slot", "--slot", "replica", "--checkpoint=fast"]
        run(postgresql("pg_basebackup"), "--pgdata", self.folder, "--dbname", source, *options, "--no-sync")
        self.configure("postgresql-replica.conf")

    def configure(self, name):
        with (self.folder / "postgresql.conf").open("a") as file:
            file.write((OPERATIONS / name).read_text() + SMALLER)

    def start(self):
        here = f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self.sockets}"
        log = self.sockets / f"{self.folder.name}.log"
        run(postgresql("pg_ctl"), "-D", self.folder, "-w", "-l", log, "-o", here, "start")

    def stop(self, mode="immediate"):
        if (self.folder / "postmaster.pid").exists():
            run(postgresql("pg_ctl"), "-D", self.folder, "-m", mode, "-w", "stop", check=False)

    def ask(self, sql, *params, database="fortnight"):
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(sql, params or None)
            return cursor.fetchone()[0] if cursor.description else None


class Pool:
    """PgBouncer, with the settings of docs/operations and these two servers behind it."""

    def __init__(self, folder, primary, replica):
        self.folder, self.port, self.running = folder, free_port(), None
        settings = configparser.ConfigParser()
        settings.read(OPERATIONS / "pgbouncer.ini")
        for name, cluster in (("fortnight", primary), ("fortnight_replica", replica)):
            settings["databases"][name] = f"host=127.0.0.1 port={cluster.port} dbname=fortnight"
        settings["pgbouncer"].update(
            {
                "listen_port": str(self.port),
                "auth_type": "trust",
                "auth_file": str(folder / "users"),
                "logfile": str(folder / "pgbouncer.log"),
                "pidfile": str(folder / "pgbouncer.pid"),
                "unix_socket_dir": str(folder),
            }
        )
        (folder / "users").write_text('"fortnight" ""\n')
        with (folder / "pgbouncer.ini").open("w") as file:
            settings.write(file)

    def url(self, database):
        return f"postgres://fortnight@127.0.0.1:{self.port}/{database}"

    def start(self):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        command = [pgbouncer(), "-q", str(self.folder / "pgbouncer.ini")]
        self.running = subprocess.Popen(command, cwd="/", **quiet, **as_server())

    def stop(self):
        if self.running:
            self.running.kill()
            self.running.wait()


class Workers:
    """gunicorn with two workers, by docs/operations/gunicorn.conf.py."""

    def __init__(self, folder, env):
        self.folder, self.port = folder, free_port()
        self.env = os.environ | env | {"BIND": f"127.0.0.1:{self.port}", "WEB_CONCURRENCY": "2"}
        self.env.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)

    def start(self):
        config = OPERATIONS / "gunicorn.conf.py"
        command = [sys.executable, "-m", "gunicorn", "--config", str(config), "config.wsgi"]
        with (self.folder / "web.log").open("ab") as log:
            self.running = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log)

    def children(self):
        path = Path(f"/proc/{self.running.pid}/task/{self.running.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def kill_one(self):
        pid = self.children()[0]
        os.kill(pid, signal.SIGKILL)
        return pid

    def said(self):
        return (self.folder / "web.log").read_text()

    def stop(self):
        self.running.terminate()
        try:
            self.running.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()


def until(true, seconds=20):
    """Waits for it; says whether it came."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if true():
            return True
        time.sleep(0.05)
    return False
