from typing import NamedTuple


class Mutation(NamedTuple):
    """One place in one file, what it becomes, and the tests that ought to notice."""

    name: str
    file: str
    old: str
    new: str
    tests: list
