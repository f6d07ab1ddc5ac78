"""One JSON line for everything that is logged, with nothing in it that somebody wrote.

Texts of our own loggers are written with care. Of everybody else's only the template is kept, like "Not
Found: %s", never what was put into it, and not even that where it was put in before. Of an error its class
and where it came from are kept, never its message: a database quotes the row it refuses.
"""

import json
import logging
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path

from .request_log import current

OURS = ("accounts", "config", "consultations", "home", "resources", "schools", "web")
# They name jobs by their number and path.
CAREFUL = (*OURS, "django_tasks", "django_tasks_db")
LONGEST_CHAIN, LONGEST_TRACE = 5, 30


class JsonLine(logging.Formatter):
    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": event_of(record),
            "at": f"{record.module}:{record.lineno}",
        }
        request = current()
        if request:
            line["request"] = request.number
        line |= getattr(record, "line", {})
        if record.exc_info and record.exc_info[1]:
            line["errors"] = errors_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def event_of(record):
    if record.name.split(".")[0] in CAREFUL:
        return record.getMessage()
    # Without arguments nobody can tell a template from a text that is finished.
    return record.msg if record.args and isinstance(record.msg, str) else ""


def errors_of(error):
    """The error and those it came of: class, code of the database, and places in the source."""
    found = []
    while error is not None and len(found) < LONGEST_CHAIN:
        places = [
            f"{short(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__, limit=-LONGEST_TRACE)
        ]
        one = {"type": f"{type(error).__module__}.{type(error).__qualname__}", "places": places}
        if code := getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None):
            one["code"] = code
        found.append(one)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def short(filename):
    """The last folders of a path are enough to find it."""
    return "/".join(Path(filename).parts[-3:])


def log_what_nobody_catches():
    """Python itself would print the message of an error that ends a process or a thread.

    Somebody who sits before a terminal is shown it all the same.
    """
    log = logging.getLogger("web.uncaught")

    def ended(kind, error, trace):
        if issubclass(kind, KeyboardInterrupt) or sys.stderr.isatty():
            sys.__excepthook__(kind, error, trace)
        else:
            log.critical("Nobody caught this", exc_info=(kind, error, trace))

    sys.excepthook = ended
    threading.excepthook = lambda found: (
        found.exc_type is not SystemExit and ended(found.exc_type, found.exc_value, found.exc_traceback)
    )
