"""PgBouncer, with the settings of docs/operations and these two servers behind it."""

import configparser
import subprocess

from .programs import OPERATIONS, as_server, free_port, pgbouncer


class Pool:
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
