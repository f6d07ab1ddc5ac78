"""The worker of the README, started again whenever it dies: python -m tests.crash.job_worker

A service manager would start it from nothing, which takes seconds. This holds the product loaded and forks.
"""

import os

import django
from django.core.management import call_command
from django.db import connections


def main():
    django.setup()
    while True:
        connections.close_all()
        child = os.fork()
        if not child:
            call_command("db_worker", "--backend", "mail", "--queue-name", "mail", "--interval", "0.1")
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
