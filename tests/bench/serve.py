"""Gunicorn with two workers, by docs/operations/gunicorn.conf.py and its unit, on a port of its own."""

import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from .cluster import free_port

CONFIG = "docs/operations/gunicorn.conf.py"
WORKERS = "2"


class Server:
    def __init__(self, port, process):
        self.port, self.process = port, process

    def workers(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def forget_peaks(self):
        """What a worker held most is counted from now."""
        for pid in self.workers():
            Path(f"/proc/{pid}/clear_refs").write_text("5")

    def peak(self):
        """Megabytes of the bigger worker at its biggest."""
        return max(held_at_most(pid) for pid in self.workers())


def held_at_most(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    [line] = [line for line in lines if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


@contextmanager
def serving(environment, root):
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", CONFIG, "config.wsgi", "--log-level", "warning"]
    ours = {"BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": WORKERS, "MALLOC_ARENA_MAX": "2"}
    process = subprocess.Popen(command, cwd=root, env={**environment, **ours})
    try:
        wait_for(port)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(timeout=60)


def wait_for(port):
    for _ in range(240):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/account/login/")
            return connection.getresponse().read()
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("The server does not answer.")
