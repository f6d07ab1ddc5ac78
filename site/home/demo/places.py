"""The invented services and schools and their staff. No school of the register has one of these names."""

from dataclasses import dataclass

SERVICE = "Willowmere CAMHS in Schools"
OTHER_SERVICE = "Saltmarsh CAMHS Schools Link"


@dataclass(frozen=True)
class Staff:
    """Somebody of a school. `safeguarding` is the order in which to ring the safeguarding leads."""

    name: str
    job: str
    safeguarding: int | None = None


@dataclass(frozen=True)
class Place:
    """A school: its visits fall on the weekday `shift` days after today's, in every second school week."""

    urn: int
    name: str
    kind: str
    phase: str
    years: tuple
    staff: tuple
    shift: int = 0
    odd_weeks: bool = False
    afternoon: bool = False
    service: str = SERVICE

    @property
    def phone(self):
        """From the block of numbers that belongs to nobody and is kept for stories."""
        return f"01632 960{self.urn % 1000:03d}"


COMMUNITY = "Community school"
FIRST_URN = 990001  # Quillbrook, where the demo begins
PLACES = [
    Place(
        990001, "Quillbrook Primary School", COMMUNITY, "Primary", (0, 6),
        (
            Staff("Sam Whitlock", "SENCO"),
            Staff("Dana Kowalczyk", "Deputy head", safeguarding=2),
            Staff("Hana Sørensen", "Headteacher"),
            Staff("Bo Lindqvist", "School business manager"),
            Staff("Tess Abernathy", "Class teacher, Year 4"),
            Staff("Femi Adeyemi", "Designated safeguarding lead", safeguarding=1),
        ),
    ),
    Place(
        990002, "Tansy Hill Primary School", COMMUNITY, "Primary", (0, 6),
        (
            Staff("Marged Llwyd", "SENCO"),
            Staff("Colm Fahey", "Headteacher", safeguarding=1),
            Staff("Ines Barroso", "Class teacher, Year 2"),
            Staff("Kwabena Osei", "Learning mentor"),
        ),
        shift=2, afternoon=True,
    ),
    Place(
        990003, "Thistlewick Nursery School", "Local authority nursery school", "Nursery", (-1, -1),
        (
            Staff("Rosalind Achebe", "SENCO"),
            Staff("Mirela Dobre", "Headteacher", safeguarding=1),
            Staff("Jo Tidswell", "Key worker"),
            Staff("Amina Yusuf", "Key worker"),
        ),
        shift=1, odd_weeks=True,
    ),
    Place(
        990004, "Marlingate Primary School", "Voluntary controlled school", "Primary", (0, 6),
        (
            Staff("Bridget Thorne", "SENCO", safeguarding=2),
            Staff("Anil Deshmukh", "Deputy head", safeguarding=1),
            Staff("Lorna Pettifer", "Class teacher, Year 5"),
            Staff("Pia Holmgren", "Teaching assistant"),
            Staff("Gethin Rowe", "Class teacher, Year 1"),
        ),
        shift=4, odd_weeks=True,
    ),
    Place(
        990005, "Coppermere Academy", "Academy converter", "Secondary", (7, 11),
        (
            Staff("Yolanda Creswick", "SENCO"),
            Staff("Tobias Emery", "Assistant head, pastoral", safeguarding=1),
            Staff("Shanice Baptiste", "Head of Year 7"),
            Staff("Ewan Lockhart", "Head of Year 9"),
            Staff("Priti Vaghela", "Form tutor"),
        ),
        shift=1, afternoon=True,
    ),
    Place(
        990006, "Dunnockfield School", "Community special school", "Not applicable", (1, 9),
        (
            Staff("Nerys Bellamy", "Assistant head"),
            Staff("Oluwaseun Cole", "Headteacher", safeguarding=1),
            Staff("Fern Ashdown", "Class teacher"),
            Staff("Zdenka Malá", "Speech and language assistant"),
        ),
        shift=3,
    ),
    Place(
        990007, "Merriscombe Primary School", COMMUNITY, "Primary", (0, 6),
        (
            Staff("Delphine Mercier", "SENCO"),
            Staff("Hugh Penhallow", "Headteacher", safeguarding=1),
            Staff("Saoirse Quilligan", "Class teacher, Year 3"),
            Staff("Bao Trinh", "Teaching assistant"),
        ),
        shift=2, odd_weeks=True, service=OTHER_SERVICE,
    ),
]  # fmt: skip
