"""A PostgreSQL of the benchmark's own, from Debian's programs, under .data/bench."""

import shutil
from contextlib import contextmanager

from tests.machines.cluster import USER, Cluster
from tests.machines.programs import postgresql

# Of durability nothing but what a server that has no replica may leave out: rows that are loaded into a table
# which is new in the same transaction are not logged first.
SETTINGS = {
    **{"fsync": "on", "wal_level": "minimal", "max_wal_senders": "0"},
    **{"shared_buffers": "2GB", "effective_cache_size": "8GB", "max_wal_size": "8GB"},
    **{"checkpoint_timeout": "15min", "random_page_cost": "1.1", "jit": "off"},
}


@contextmanager
def running(folder):
    """Gives the address of its databases without their name, and stops it after. Its data are kept.

    One that another run started, or left behind, is used and left as it is.
    """
    if not postgresql("initdb"):
        raise SystemExit("There is no PostgreSQL here: apt-get install postgresql, or give --dsn.")
    cluster = Cluster(folder, **SETTINGS)
    if not cluster.data.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        cluster.make()
    if cluster.control("status", check=False).returncode == 0:
        yield f"postgres://{USER}@127.0.0.1:{(cluster.data / 'postmaster.pid').read_text().splitlines()[3]}"
        return
    cluster.start()
    try:
        yield cluster.address
    finally:
        cluster.stop("fast")
