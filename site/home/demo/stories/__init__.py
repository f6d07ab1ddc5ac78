"""What is talked about in the demo. The words are in the two files beside this one."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

FILES = ["children.toml", "groups.toml"]


@dataclass(frozen=True)
class Story:
    themes: list
    stages: list
    concern: str
    agreed: str
    tried: list
    later: list
    subject: str = "child"
    group_name: str = ""
    strengths: str = ""
    childs_view: str = ""
    parents_view: str = ""
    clinical: str = ""
    risk: bool = False
    goals: list = field(default_factory=list)
    steps: list = field(default_factory=list)


def read_stories():
    folder = Path(__file__).parent
    texts = [tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in FILES]
    return [Story(**story) for text in texts for story in text["story"]]


def told_of(text, name):
    """The text about this child, or about "the child" where no name is recorded."""
    begins = name or "The child"
    return text.replace("{name}", name or "the child").replace("{Name}", begins)
