from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """`check` names what was looked at, `where` the pot, visit or paper. Neither says who."""

    check: str
    where: str
    says: str

    def __str__(self):
        return f"{self.where}: {self.says} ({self.check})"


def differ(check, where, name, is_there, wanted):
    """A Difference when two numbers are not equal."""
    if is_there != wanted:
        yield Difference(check, str(where), f"{name} {is_there}, expected {wanted}")
