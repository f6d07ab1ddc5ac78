from dataclasses import asdict, dataclass

OK, WARNING, MENDING = "OK", "WARNING", "MENDING NEEDED"


@dataclass(frozen=True)
class Finding:
    """What one check found: how bad it is, what is so, and how to mend it."""

    about: str
    level: str
    said: str
    mend: str = ""

    def __str__(self):
        return " ".join(
            part for part in (f"{self.level:15}", f"{self.about}: {self.said}", self.mend) if part
        )

    def as_json(self):
        return asdict(self)


def fine(about, said):
    return Finding(about, OK, said)


def warn(about, said, mend):
    return Finding(about, WARNING, said, mend)


def must_mend(about, said, mend):
    return Finding(about, MENDING, said, mend)
