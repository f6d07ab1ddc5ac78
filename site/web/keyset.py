"""Pages of a long list by key: page 1,000 costs what page 1 costs, and nothing is counted."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from django.db.models import F, Q

from web.prepared import Name


@dataclass(frozen=True)
class KeysetPage:
    """One page of rows, newest first, and the addresses of its neighbours (empty where there is none)."""

    rows: list
    newer: str
    older: str


def keyset_page(rows, query, size, by=None):
    """The page that `query` (request.GET) asks for, of rows read newest first.

    Newest means the highest key or, with `by`, the latest time in that column and then the highest key.
    "before" and "after" in the query name the row at the edge of the page that the reader came from.
    In place of rows there may be a prepared function of what `cut` takes besides them, which returns one row
    more than a page has, if there are as many.
    """
    return _page(rows, query, size, by, read=time_in, sides=("gt", "lt"), signs=("", "-"))


def soonest_page(rows, query, size, by):
    """The same of rows read by a date that each of them has, the soonest first: `newer` is what is sooner."""
    return _page(rows, query, size, by, read=day_in, sides=("lt", "gt"), signs=("-", ""))


def oldest_page(rows, query, size, by):
    """The same of rows read by a time, the oldest first: `newer` is what is older still."""
    return _page(rows, query, size, by, read=time_in, sides=("lt", "gt"), signs=("-", ""))


def _page(rows, query, size, by, *, read, sides, signs):
    """`sides` and `signs` say which rows come before and after a key, and how they are put in order."""
    after, before = key_in(query.get("after"), by, read), key_in(query.get("before"), by, read)
    back, on = (tuple([Name(f"{sign}{name}") for name in ([by, "pk"] if by else ["pk"])]) for sign in signs)
    by = by and Name(by)
    take = rows if callable(rows) else lambda *where: list(cut(rows, *where)[: size + 1])
    if after:
        found = take(by, Name(sides[0]), after, back)
        more, found = len(found) > size, found[:size][::-1]
        newer = link(query, "after", found[0], by) if more else ""
        return KeysetPage(found, newer, link(query, "before", found[-1], by) if found else "")
    found = take(by, Name(sides[1]), before, on)
    more, found = len(found) > size, found[:size]
    newer = link(query, "after", found[0], by) if before and found else ""
    return KeysetPage(found, newer, link(query, "before", found[-1], by) if more else "")


def cut(rows, by, side, key, order):
    """The rows on one side of a key, or all without one, in this order."""
    return (rows.filter(beyond(key, by, side)) if key else rows).order_by(*order)


def on_page(rows, size, by, side, key, order):
    """The rows that stand on a page and one more, in no order. Besides rows and the size of a page it takes
    what `cut` takes.

    They are chosen by their keys alone, so that what a line shows can be added to these: put together with
    it, PostgreSQL would rather go through everybody's rows than sort those of a few schools.
    """
    order = [_reckoned(name) if name in ("pk", "-pk") else name for name in order]
    return rows.model.objects.filter(pk__in=cut(rows, by, side, key, order)[: size + 1].values("pk"))


def _reckoned(name):
    """The key as a number that no index has, for the same reason."""
    key = F("pk") + 0
    return key.desc() if name == "-pk" else key.asc()


def beyond(key, by, side):
    value, pk = key
    if not by:
        return Q(**{f"pk__{side}": pk})
    return Q(**{f"{by}__{side}": value}) | Q(**{by: value, f"pk__{side}": pk})


def link(query, side, row, by):
    kept = [
        (name, value) for name in query for value in query.getlist(name) if name not in ("after", "before")
    ]
    key = f"{getattr(row, by).isoformat()}_{row.pk}" if by else str(row.pk)
    return "?" + urlencode([*kept, (side, key)])


def key_in(text, by, read):
    """(time or None, key) out of an address; None for whatever is no key of ours."""
    value, _, pk = (text or "").rpartition("_")
    if not pk.isascii() or not pk.isdecimal() or len(pk) > 18:
        return None
    if not by:
        return None, int(pk)
    try:
        value = read(value)
    except (ValueError, OverflowError):
        return None
    return (value, int(pk)) if value else None


def time_in(text):
    value = datetime.fromisoformat(text)
    # Near the first and the last year a time can be written that no database can be asked about.
    return value.astimezone(UTC) if value.tzinfo else None


def day_in(text):
    return date.fromisoformat(text)
