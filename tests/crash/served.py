"""The product as it is deployed: gunicorn with two workers, and the worker of the jobs."""

import sys

from tests.machines.product import environment
from tests.machines.web import Process, Web


class Served:
    def __init__(self, database_url, folder, mail_port=9):
        env = environment(database_url, folder, mail_port=mail_port)
        self.web = Web(env, folder / "web.log")
        self.jobs = Process([sys.executable, "-m", "tests.crash.job_worker"], env, folder / "jobs.log")

    @property
    def port(self):
        return self.web.port

    def start_web(self):
        self.web.start()
        self.web.wait_until_it_answers()

    def stop(self):
        self.web.kill()
        self.jobs.kill()
