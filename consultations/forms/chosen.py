"""The strategies in a half-written plan: the rows of steps of C4 as they were sent, one more or one less."""

import re

from django.core.exceptions import ValidationError

from .step import StepFormSet

ROW = re.compile(r"steps-(\d{1,2})-(\w+)")
TOTAL = "steps-TOTAL_FORMS"
AT_MOST = StepFormSet.absolute_max
FULL = f"A plan holds up to {AT_MOST} steps. Take one out of the plan first."


def chosen_in(payload):
    """(key of the library page, its title) of every strategy that is ticked, in order. The key is "" where
    the page was deleted since an earlier version, the title "" in drafts begun before rows held it."""
    found = [(said(row, "strategy"), said(row, "title")) for row in rows_in(payload) if said(row, "chosen")]
    return [row for row in found if any(row)]


def with_strategy(payload, page):
    """The same with this strategy ticked, in the row that offers it or in a new one before the empty rows.

    Raises ValidationError when there is no room for another row.
    """
    rows = rows_in(payload)
    row = next((row for row in rows if said(row, "strategy") == str(page.pk)), None)
    if row is None:
        row = new_row_in(rows)
    if not said(row, "chosen"):
        # Else it would be the step of an earlier version, with the title and the text of then.
        row.pop("kept", None)
        row |= {"strategy": [str(page.pk)], "title": [page.title], "chosen": ["on"]}
    return with_rows(payload, rows)


def without_strategy(payload, key):
    """The same with it no longer ticked. What was typed beside it stays, should it be ticked again."""
    rows = rows_in(payload)
    for row in rows:
        if said(row, "strategy") == str(key):
            row.pop("chosen", None)
    return with_rows(payload, rows)


def rows_in(payload):
    typed = (payload.get(TOTAL) or ["0"])[0]
    rows = [{} for _ in range(min(int(typed), AT_MOST) if typed.isdecimal() and len(typed) < 5 else 0)]
    for name, values in payload.items():
        found = ROW.fullmatch(name)
        if found and int(found[1]) < len(rows):
            rows[int(found[1])][found[2]] = values
    return rows


def new_row_in(rows):
    """An empty row, before those at the end in which nothing was typed; a strategy that was offered and not
    ticked makes room for it."""
    end = len(rows)
    while end and not any(map(any, rows[end - 1].values())):
        end -= 1
    if len(rows) == AT_MOST:
        spare = next((row for row in reversed(rows) if not says_something(row)), None)
        if spare is None:
            raise ValidationError(FULL)
        place = next(place for place, row in enumerate(rows) if row is spare)
        del rows[place]
        end -= place < end
    rows.insert(end, {})
    return rows[end]


def says_something(row):
    return any(said(row, name) for name in ("chosen", "what", "who", "how_often", "note"))


def with_rows(payload, rows):
    kept = {name: values for name, values in payload.items() if not ROW.fullmatch(name)}
    numbered = {
        f"steps-{number}-{name}": values for number, row in enumerate(rows) for name, values in row.items()
    }
    return kept | numbered | {TOTAL: [str(len(rows))]}


def said(row, name):
    return next(iter(row.get(name, [])), "")
