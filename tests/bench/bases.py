"""The databases that are measured: made when they are missing, otherwise used again as they are.

They live in .data/bench: the demo that is copied and an empty schema, each made once for a state of the
migrations, then one database for each size.
"""

import sqlite3
import time
from dataclasses import dataclass

from .load.unit import of_one_service, read
from .programs import FOLDER, manage, run
from .sizes import SERVICE
from .stores import state_of_migrations


def the_unit(size):
    """Half a year of the demo, as of the day it was built."""
    path = FOLDER / f"demo_{state_of_migrations()}.sqlite3"
    if not path.exists():
        print("Building the demo, which is copied", flush=True)
        half = path.with_suffix(".half")
        manage(f"sqlite:///{half}", "demo", "--fresh", "--no-serve")
        half.rename(path)
    with sqlite3.connect(path) as connection:
        return of_one_service(read(connection.cursor()), SERVICE, size.schools)


@dataclass
class Loaded:
    """A database to be measured. `seconds` is how long loading took, None when it was there."""

    size: object
    vendor: str
    url: str
    seconds: float | None
    consultations: int
    bytes: int
    rows: int

    def __str__(self):
        how = "there already" if self.seconds is None else f"loaded in {self.seconds:.0f} s"
        return f"{how}, {self.consultations:,} consultations, {self.bytes / 1e9:.2f} GB, {self.rows:,} rows"


def base_for(bases, size, *, fresh=False):
    """The database of a size, loaded if it is not there."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if fresh:
        bases.drop(size.name)
    seconds = None
    if not bases.is_there(size.name):
        seconds = load(bases, size)
    of_it = bases.consultations(size.name), *bases.size_of(size.name)
    return Loaded(size, bases.vendor, bases.url(size.name), seconds, *of_it)


def load(bases, size):
    """Under another name until it is whole: half a load must not be taken for one the next time."""
    make_template(bases)
    unit, begun, half = the_unit(size), time.perf_counter(), f"{size.name}-half"
    bases.drop(half)
    bases.from_template(half)
    bases.fill(half, unit, size.shape)
    seconds = time.perf_counter() - begun
    if size.library:
        run(bases.url(half), "-m", "tests.bench.library", size.library)
    bases.rename(half, size.name)
    return seconds


def make_template(bases):
    """An empty database of the newest schema, with the library in it."""
    if bases.is_there("template"):
        return
    print("Making the tables", flush=True)
    bases.drop("template-half")
    bases.make_empty("template-half")
    manage(bases.url("template-half"), "migrate", "-v0")
    manage(bases.url("template-half"), "load_library")
    bases.rename("template-half", "template")


def pack_static_files():
    """As production serves them: the names of files hold what is in them."""
    url = f"sqlite:///{FOLDER}/none.sqlite3"
    manage(url, "collectstatic", "--noinput", "-v0")
