"""Programs of the product that have children, gunicorn by docs/operations/gunicorn.conf.py among them."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from .programs import OPERATIONS, ROOT, free_port, until

WORKERS = 2
# Until gunicorn has loaded the product, on the slowest of machines.
MOST_SECONDS = 120


def kill(pid):
    # It may have died by itself meanwhile.
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


class Process:
    """A process group of its own, so that all of it can be killed at once. Start it again after a kill as a
    service manager does. What it prints goes to `log`, where one is given."""

    def __init__(self, command, env, log=None):
        self.command, self.log, self.running = command, log, None
        self.env = {name: value for name, value in env.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}

    def start(self):
        how = {"cwd": ROOT, "env": self.env, "start_new_session": True}
        if not self.log:
            self.running = subprocess.Popen(self.command, **how)
            return
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(self.command, stdout=log, stderr=log, **how)

    def children(self):
        path = Path(f"/proc/{self.running.pid}/task/{self.running.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def said(self):
        return self.log.read_text()

    def kill(self):
        """kill -9 of all of it in one moment. What was never started is left alone."""
        if self.running:
            with suppress(ProcessLookupError):
                os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()

    def stop(self):
        """As a service manager stops it."""
        self.running.terminate()
        try:
            self.running.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.kill()


class Web(Process):
    """Gunicorn with so many workers, at a free port where none is given."""

    def __init__(self, env, log=None, *, port=None, workers=WORKERS, options=()):
        self.port = port or free_port()
        # The last as its unit has it (docs/operations/fortnight.service).
        here = {"BIND": f"127.0.0.1:{self.port}", "WEB_CONCURRENCY": str(workers), "MALLOC_ARENA_MAX": "2"}
        config = ["--config", str(OPERATIONS / "gunicorn.conf.py"), *options]
        super().__init__([sys.executable, "-m", "gunicorn", *config, "config.wsgi"], env | here, log)

    def kill_one(self):
        kill(self.children()[0])

    def wait_until_it_answers(self):
        if not until(self.answers, MOST_SECONDS):
            raise RuntimeError(self.said()[-2000:] if self.log else "The server does not answer.")

    def answers(self):
        """Asked without HTTPS and without a host, as a probe does."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/ready/")
            return connection.getresponse().status < 500
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
