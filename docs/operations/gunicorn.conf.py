"""gunicorn behind nginx: gunicorn --config docs/operations/gunicorn.conf.py config.wsgi"""

import gc
import multiprocessing
import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
# Each thread has a connection to the database of its own, which PgBouncer or max_connections has to hold.
workers = int(os.environ.get("WEB_CONCURRENCY", 2 * multiprocessing.cpu_count() + 1))
worker_class, threads = "gthread", 4
# The code is read once and its memory shared. After an upgrade it is restarted, not reloaded.
preload_app = True
pythonpath = "site"
# Seconds. Longer than a statement or a lock may take in the database, so that a page ends and not its worker.
timeout = 60
# What has begun is finished before a worker ends, and systemd waits longer than this.
graceful_timeout = 30
# nginx keeps its own connections open for 60 seconds: the side that asks closes first.
keepalive = 75
# A worker is exchanged from time to time, and not all at once.
max_requests, max_requests_jitter = 10_000, 1_000
# A heartbeat on a slow disk looks like a worker that hangs.
worker_tmp_dir = "/dev/shm"
# No path is written down: some hold a token. What is asked is in the log of the product.
accesslog = None
control_socket_disable = True


def pre_fork(server, worker):
    """What is there before a worker begins is never looked through for garbage: each worker would write its
    marks into it, and have 37 MB of its own that it can share with the others."""
    gc.collect()
    gc.freeze()
    # What a request makes is nearly all gone with it. Looking through it every 700 objects, as Python does by
    # itself, takes time of each page (docs/adr/0048).
    gc.set_threshold(5_000, 10, 10)
