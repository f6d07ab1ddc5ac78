"""PostgreSQL: by its own pg_dump and pg_restore, which have to be as new as the server."""

import os
import re
import subprocess
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from shutil import which
from tempfile import TemporaryFile

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from .parts import BLOCK
from .sealed import BadBackup

# Of the settings' OPTIONS, those that are Django's or the driver's own and mean nothing to pg_dump.
NOT_OF_LIBPQ = {
    *("assume_role", "context", "cursor_factory", "isolation_level", "pool", "prepare_threshold"),
    "server_side_binding",
}
DEBIAN = Path("/usr/lib/postgresql")
LEFT_BEHIND = """
SELECT datname FROM pg_database d WHERE datname ~ %s AND pg_get_userbyid(datdba) = current_user
AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid AND a.backend_type = 'client backend')
ORDER BY datname
"""
MAY_NOT = (
    "The database user may not make databases, which trying a backup and restoring need. "
    "Once, as the administrator of PostgreSQL: ALTER ROLE {user} CREATEDB;"
)


class PostgresPlace:
    """One database of a server. `frozen` and `unpacked` give one that does not change meanwhile."""

    engine = "postgresql"
    TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"

    def __init__(self, settings, name=None, connection=None, snapshot=""):
        self.settings, self.connection, self.snapshot = settings, connection, snapshot
        self.name = name or settings["NAME"]

    def require_tools(self):
        with self.opened() as place:
            server = major_of(place.connection)
        for name in ("pg_dump", "pg_restore"):
            if version_of(tool(name, server)) < server:
                raise BadBackup(
                    f"{name} here is older than the server, which is PostgreSQL {server}. "
                    f"Install postgresql-client-{server}."
                )

    def address(self, name=None):
        """As pg_dump takes it. Without the password, which the list of processes would show to everybody."""
        options = self.settings.get("OPTIONS", {})
        parts = {key: value for key, value in options.items() if key not in NOT_OF_LIBPQ}
        for key, setting in [("host", "HOST"), ("port", "PORT"), ("user", "USER")]:
            if self.settings.get(setting):
                parts[key] = self.settings[setting]
        return make_conninfo(dbname=name or self.name, **parts)

    def connect(self, name=None, **how):
        password = {"password": self.settings["PASSWORD"]} if self.settings.get("PASSWORD") else {}
        return psycopg.connect(self.address(name), **password, **how)

    @contextmanager
    def opened(self):
        with self.connect(autocommit=True) as connection:
            yield PostgresPlace(self.settings, self.name, connection)

    @contextmanager
    def frozen(self):
        """The database as it stood at one moment: what is counted is what pg_dump writes."""
        with self.connect() as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]
            yield PostgresPlace(self.settings, self.name, connection, snapshot)

    def ask(self, question):
        return self.connection.execute(question).fetchall()

    def stream(self, question):
        with self.connection.transaction(), self.connection.cursor(name="stream") as cursor:
            cursor.itersize = 5000
            yield from cursor.execute(question)

    def dump(self):
        command = [tool("pg_dump", major_of(self.connection)), "-Fc", "--no-owner", "--no-privileges"]
        which_one = [f"--snapshot={self.snapshot}", f"--dbname={self.address()}"]
        with self.running([*command, *which_one], stdout=subprocess.PIPE) as process:
            while block := process.stdout.read(BLOCK):
                yield block

    @contextmanager
    def unpacked(self, blocks):
        """A new database on the same server, made of a dump. Dropped afterwards, if it is still called so."""
        name = f"{self.new_name}{token_hex(4)}"
        server = self.create(name)
        try:
            # Connected from its first moment to its last: one that nobody is connected to was left behind.
            with self.connect(name, autocommit=True) as connection:
                command = [tool("pg_restore", server), "--no-owner", "--no-privileges", "--exit-on-error"]
                where = f"--dbname={self.address(name)}"
                with self.running([*command, where], stdin=subprocess.PIPE) as process:
                    feed(process, blocks)
                yield PostgresPlace(self.settings, name, connection)
        finally:
            self.drop(name)

    @property
    def new_name(self):
        return f"{self.name[:40]}_restored_"

    def left_behind(self):
        """Databases that a backup or a restore made, and was killed before it took them away."""
        with self.connect("postgres", autocommit=True) as connection:
            found = connection.execute(LEFT_BEHIND, [f"^{re.escape(self.new_name)}[0-9a-f]{{8}}$"])
            return [name for (name,) in found.fetchall()]

    def clear_away(self):
        """What a killed backup has left behind. Returns its names."""
        names = self.left_behind()
        for name in names:
            self.drop(name)
        return names

    def create(self, name):
        with self.connect(autocommit=True) as connection:
            collate, ctype = connection.execute(
                "SELECT datcollate, datctype FROM pg_database WHERE datname = current_database()"
            ).fetchone()
            command = sql.SQL(
                "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}"
            ).format(sql.Identifier(name), sql.Literal(collate), sql.Literal(ctype))
            try:
                connection.execute(command)
            except psycopg.errors.InsufficientPrivilege:
                raise BadBackup(MAY_NOT.format(user=connection.info.user)) from None
            return major_of(connection)

    def drop(self, name):
        with self.connect("postgres", autocommit=True) as connection:
            command = "DROP DATABASE IF EXISTS {} WITH (FORCE)"
            connection.execute(sql.SQL(command).format(sql.Identifier(name)))

    def take_over(self, other, stamp, *, keep):
        """Both names change hands in one transaction. Returns what the database before is called now, ""
        when it was not to be kept."""
        kept = f"{self.name[:40]}_before_{stamp.replace('-', '_')}".lower()
        other.connection.close()
        for last_try in (False, False, True):
            try:
                self.swap(other.name, kept)
                break
            except psycopg.errors.ObjectInUse:
                if last_try:
                    raise BadBackup(
                        f"Somebody is still connected to {self.name}. Stop Fortnight, its worker and "
                        "PgBouncer, and try again."
                    ) from None
        if keep:
            return kept
        self.drop(kept)
        return ""

    def swap(self, new, kept):
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        with self.connect("postgres") as connection:
            connection.execute(end, [self.name])
            for was, becomes in [(self.name, kept), (new, self.name)]:
                connection.execute(rename.format(sql.Identifier(was), sql.Identifier(becomes)))

    @contextmanager
    def running(self, command, **pipes):
        """A tool of PostgreSQL. Left by an error of ours it is stopped; its own error becomes a BadBackup."""
        password = {"PGPASSWORD": self.settings["PASSWORD"]} if self.settings.get("PASSWORD") else {}
        with TemporaryFile() as said:
            process = subprocess.Popen(command, stderr=said, env=os.environ | password, **pipes)
            try:
                yield process
                code = process.wait()
            except BaseException:
                process.kill()
                process.wait()
                raise
            finally:
                for pipe in filter(None, (process.stdin, process.stdout)):
                    pipe.close()
            if code:
                said.seek(0)
                raise BadBackup(first_error(said.read(20_000).decode(errors="replace")))


def feed(process, blocks):
    try:
        for block in blocks:
            process.stdin.write(block)
        process.stdin.close()
    except BrokenPipeError:
        # It ended by itself, and its exit code says so.
        process.wait()


def first_error(said):
    """The first error alone: the lines behind it quote rows."""
    lines = [line for line in said.splitlines() if "error:" in line]
    return (lines[0] if lines else "A tool of PostgreSQL failed and did not say why.")[:300]


def tool(name, server):
    """The one of the server's version, where there are several: a newer one may say what it does not know."""
    found = sorted(DEBIAN.glob(f"*/bin/{name}"), key=version_of)
    same = [path for path in found if version_of(path) == server]
    path = (same or found or [which(name)])[-1]
    if not path:
        raise BadBackup(f"{name} is missing. Install the package postgresql-client-{server}.")
    return str(path)


def version_of(path):
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"\) (\d+)", said)[1])


def major_of(connection):
    return connection.info.server_version // 10000
