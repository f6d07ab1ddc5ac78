"""What a paper is made of. The page and the PDF draw the same blocks, and a paper handed out keeps them.

Every block is plain: texts, numbers, lists of them. `as_json` and `from_json` are inverse to one another.
"""

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Title:
    text: str


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Notice:
    """A sentence nobody may miss: "Draft - not agreed"."""

    text: str


@dataclass(frozen=True)
class Text:
    """A text as it was typed, line by line, with a label in bold above it if there is one."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Points:
    """A list of short texts, each with a dash."""

    items: list


@dataclass(frozen=True)
class Facts:
    """Two columns without lines: what it is called, and what it is."""

    rows: list


@dataclass(frozen=True)
class Grid:
    """A table with lines. `widths` are shares of the page's width; `to_sign` makes room to write by hand.

    `numbers` are the places of columns of figures, from 0: they stand to the right. Papers handed out before
    there were any have none.
    """

    heads: list
    rows: list
    widths: list
    caption: str = ""
    to_sign: bool = False
    numbers: list = field(default_factory=list)


@dataclass(frozen=True)
class Ratings:
    """Goals over time as a picture. Points that say it in words follow when it is drawn.

    `goals` are rows of [words, [[iso date, rating or None], ...]], at most 3.
    """

    goals: list = field(default_factory=list)


KINDS = {kind.__name__: kind for kind in (Title, Heading, Notice, Text, Points, Facts, Grid, Ratings)}


def as_json(blocks):
    return [{"kind": type(block).__name__, **asdict(block)} for block in blocks]


def from_json(rows):
    return [KINDS[row["kind"]](**{k: v for k, v in row.items() if k != "kind"}) for row in rows]
