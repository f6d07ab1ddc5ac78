"""Serve the demo with gunicorn, until Ctrl-C. The e-mail worker runs beside it and stops with it."""

import socket

from django.core.management import CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connections

from . import post

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
            self.cfg.set("post_worker_init", start_emails)
            self.cfg.set("worker_exit", stop_emails)

        def load(self):
            return get_wsgi_application()

    post.links_lead_to(f"http://{HOST}:{port}")
    # A connection must not be shared with the worker, which is a copy of this process.
    connections.close_all()
    Server().run()


def start_emails(server_process):
    server_process.stop_emails = post.start_worker()


def stop_emails(server, server_process):
    """Called in the server's process after its last request; it may have ended before it began."""
    getattr(server_process, "stop_emails", lambda: None)()


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
