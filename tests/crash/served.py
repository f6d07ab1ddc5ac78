"""The product as it is deployed: gunicorn with two workers, and the worker of the jobs. Each is a process
group of its own, so that all of it can be killed at once."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings

from tests.post import free_port

ROOT = Path(__file__).resolve().parents[2]
HOST = "fortnight.example"
WORKERS = 2


def url_of(connection):
    """DATABASE_URL of a connection of this process."""
    named = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(named['NAME']).resolve()}"
    who = ":".join(filter(None, (named["USER"], named["PASSWORD"])))
    return f"postgres://{who}@{named['HOST']}:{named['PORT']}/{named['NAME']}"


def environment(database_url, folder, mail_port):
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.crash.settings",
        "DATABASE_URL": database_url,
        "MEDIA_FOLDER": str(folder),
        # Those of this process, which signs people in and reads what was written.
        "SECRET_KEY": settings.SECRET_KEY,
        "NOTE_KEYS": ",".join(settings.NOTE_KEYS),
        "HISTORY_KEYS": ",".join(settings.HISTORY_KEYS),
        "ALLOWED_HOSTS": HOST,
        "BASE_URL": f"https://{HOST}",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
    }


class Process:
    """A program with children. Start it again after a kill as a service manager does."""

    def __init__(self, command, env, log):
        self.command, self.env, self.log = command, env, log
        self.start()

    def start(self):
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
            )

    def children(self):
        path = Path(f"/proc/{self.running.pid}/task/{self.running.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def kill(self):
        """kill -9 of all of it in one moment."""
        with suppress(ProcessLookupError):
            os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()


def kill(pid):
    # It may have died by itself meanwhile.
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


class Served:
    def __init__(self, database_url, folder, mail_port=9):
        self.env = environment(database_url, folder, mail_port)
        self.folder, self.port, self.processes = folder, free_port(), []
        self.log = folder / "web.log"

    def start_web(self):
        options = ["--pythonpath", "site", "--preload", "-w", str(WORKERS), "-b", f"127.0.0.1:{self.port}"]
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", *options, "--no-control-socket"]
        self.web = Process(command, self.env, self.log)
        self.processes.append(self.web)
        self.wait_until_it_answers()

    def start_jobs(self):
        command = [sys.executable, "-m", "tests.crash.job_worker"]
        self.jobs = Process(command, self.env, self.folder / "jobs.log")
        self.processes.append(self.jobs)

    def wait_until_it_answers(self):
        for _ in range(600):
            if self.answers():
                return
            time.sleep(0.1)
        raise AssertionError(self.log.read_text()[-2000:])

    def answers(self):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/account/login/", headers={"Host": HOST, "X-Forwarded-Proto": "https"})
            return connection.getresponse().status < 500
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self):
        for process in self.processes:
            process.kill()
