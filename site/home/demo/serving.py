"""Serve the demo with gunicorn in this process, until Ctrl-C."""

import socket

from django.core.management import CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connections

HOST = "127.0.0.1"
THREADS = 8


def refuse_taken_port(port):
    """Found out before the building, not after it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as reason:
            raise CommandError(f"Port {port} is in use. Choose another one with --port.") from reason


def serve(port, *, when_ready):
    """Serves until Ctrl-C; calls `when_ready` once the address answers."""
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self):
            for name, value in options(port).items():
                self.cfg.set(name, value)
            self.cfg.set("when_ready", lambda server: when_ready())

        def load(self):
            return get_wsgi_application()

    # A connection must not be shared with the worker, which is a copy of this process.
    connections.close_all()
    Server().run()


def options(port):
    return {
        "bind": f"{HOST}:{port}",
        # One worker is enough for a demo, and SQLite has one writer anyway.
        "workers": 1,
        "threads": THREADS,
        "loglevel": "warning",
        # It would be a file in the home folder of whoever tries the demo.
        "control_socket_disable": True,
    }
