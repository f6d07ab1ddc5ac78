"""The texts the product brings, as they stand in the files of `resources/library/`."""

import tomllib
from pathlib import Path

LIBRARY = Path(__file__).parent.parent / "library"
FIRST = "strategies-first.toml"
# What a text calls its lists of lines, and the page's field. A text leaves out what it does not need.
LINES = {
    "when": "when_to_use",
    "when_not": "when_not",
    "tweaks": "tweaks",
    "tell": "whom_to_tell",
    "help": "where_help_is",
    "watch_for": "watch_for",
    "seek_help": "seek_help",
}
PLAIN = ("title", "slug", "summary", "key_stages", "settings", "who", "evidence", "evidence_says")


def read_texts(name="strategies-*.toml"):
    return [text for path in sorted(LIBRARY.glob(name)) for text in read(path)["strategy"]]


def read_topics():
    return read(LIBRARY / "topics.toml")["topic"]


def read_synonyms():
    return read(LIBRARY / "synonyms.toml")["synonym"]


def read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


def fields_of(text):
    """The values of a StrategyPage, but for its themes."""
    lines = {field: [("line", line) for line in text.get(name, ())] for name, field in LINES.items()}
    return (
        {name: text[name] for name in PLAIN}
        | lines
        | {
            "effort": text.get("effort", ""),
            "shows_in": text.get("shows_in", ""),
            "steps": [("step", step) for step in text["steps"]],
            "sources": [("source", {"url": ""} | source) for source in text["sources"]],
        }
    )
