from datetime import timedelta

from web.last_runs import CHECK, noted
from web.words import counted, moment

from .findings import fine, must_mend, warn

# Where there are millions of records it takes hours, and its timer may be a weekly one.
A_WEEK = timedelta(days=8)
TWO_WEEKS = timedelta(days=15)
CHECK_IT = "Run manage.py verify_history, and start fortnight-check.timer (docs/operations.md)."
KEEP_IT = "Keep the database as it is, make a backup, and read docs/adr/0020."


def was_checked(about, asked):
    last = noted(CHECK)
    if last is None:
        yield must_mend(about, "nobody has checked it yet.", CHECK_IT)
        return
    said, age = f"checked on {moment(last['made_at'])}", asked.now - last["made_at"]
    if last["found"]:
        wrong = counted(last["found"], "thing")
        yield must_mend(about, f"{said}, and {wrong} found that nobody wrote.", KEEP_IT)
    elif age > TWO_WEEKS:
        yield must_mend(about, f"{said} and not since.", CHECK_IT)
    elif age > A_WEEK:
        yield warn(about, f"{said} and not since.", CHECK_IT)
    else:
        yield fine(about, f"{said}: everything is as it was written.")
