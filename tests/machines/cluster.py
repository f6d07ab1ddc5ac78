"""A PostgreSQL server of one's own, which may be stopped and killed."""

from pathlib import Path

import psycopg

from .programs import OPERATIONS, free_port, give_to_server, postgresql, run

USER = "fortnight"
# What any machine can do, and what a test need not wait for: its records are gone with the folder.
SMALLER = "shared_buffers = 64MB\nmaintenance_work_mem = 64MB\nfsync = off\nlogging_collector = off\n"


def url_of(connection):
    """DATABASE_URL of a connection of this process."""
    named = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(named['NAME']).resolve()}"
    who = ":".join(filter(None, (named["USER"], named["PASSWORD"])))
    return f"postgres://{who}@{named['HOST']}:{named['PORT']}/{named['NAME']}"


class Cluster:
    """With its data in a folder of this name; socket, log and dumps lie beside it. `settings` are its own."""

    def __init__(self, folder, name="data", **settings):
        self.folder, self.data, self.port = folder, folder / name, free_port()
        self.settings = {"listen_addresses": "127.0.0.1", **settings}

    def make(self):
        give_to_server(self.folder)
        options = ["--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        run(postgresql("initdb"), "-D", self.data, "-U", USER, *options)

    def copy_of(self, primary):
        """A streaming replica, as docs/operations.md makes one."""
        options = ["--write-recovery-conf", "--create-slot", "--slot", "replica", "--checkpoint=fast"]
        source = ["--dbname", primary.url("postgres"), "--no-sync"]
        run(postgresql("pg_basebackup"), "--pgdata", self.data, *source, *options)
        self.configure("postgresql-replica.conf")

    def configure(self, name):
        """By a file of docs/operations."""
        with (self.data / "postgresql.conf").open("a") as file:
            file.write((OPERATIONS / name).read_text() + SMALLER)

    def control(self, act, *options, **how):
        """pg_ctl, which waits until the server has done it."""
        said = " ".join(f"-c {name}={value}" for name, value in self.settings.items())
        here = ["-l", self.folder / f"{self.data.name}.log", "-o", f"{said} -p {self.port} -k {self.folder}"]
        starting = here if act in ("start", "restart") else []
        return run(postgresql("pg_ctl"), act, "-D", self.data, "-w", "-t", 600, *starting, *options, **how)

    def start(self):
        self.control("start")

    def stop(self, mode="immediate"):
        if (self.data / "postmaster.pid").exists():
            self.control("stop", "-m", mode, check=False)

    def url(self, database="fortnight"):
        return f"{self.address}/{database}"

    @property
    def address(self):
        return f"postgres://{USER}@127.0.0.1:{self.port}"

    def copy(self, connection, name="fortnight", *, more=""):
        """A database with all that another server's holds; `more` stands behind CREATE DATABASE."""
        dump = self.folder / "dump"
        run(postgresql("pg_dump"), "-Fc", "-Z0", "-f", dump, url_of(connection))
        self.ask(f"CREATE DATABASE {name} {more}", database="postgres")
        run(postgresql("pg_restore"), "-j2", "--no-owner", "--no-privileges", "-d", self.url(name), dump)
        dump.unlink()
        self.ask("ANALYZE", database=name)
        return self.url(name)

    def ask(self, sql, *params, database="fortnight"):
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(sql, params or None)
            return cursor.fetchone()[0] if cursor.description else None
