"""Gunicorn with two workers, as production has it, on a port of its own."""

from contextlib import contextmanager
from pathlib import Path

from tests.machines.web import Web


class Server(Web):
    def forget_peaks(self):
        """What a worker held most is counted from now."""
        for pid in self.children():
            Path(f"/proc/{pid}/clear_refs").write_text("5")

    def peak(self):
        """Megabytes of the bigger worker at its biggest."""
        return max(held_at_most(pid) for pid in self.children())


def held_at_most(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    [line] = [line for line in lines if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


@contextmanager
def serving(environment):
    server = Server(environment, options=["--log-level", "warning"])
    server.start()
    try:
        server.wait_until_it_answers()
        yield server
    finally:
        server.stop()
