"""One school in the demo: who works there, what has been talked about so far, and what comes next."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from accounts.models import User
from consultations.models import Purpose
from consultations.services import NewCase, NewConsent
from schools.models import Partnership, YearGroup, key_stage_of
from schools.services import SchoolCalendar, calendar_of

from .cast import Kind, names_by_place
from .names import CLASSES
from .places import Place

COULD_NOT_WAIT = "The parents could not be reached and the child asked for help today."
BOTH = (Purpose.DISCUSS_BY_NAME, Purpose.SHARE_PLAN)
# The clinician's records of no-names work stand beside named ones: three in ten children.
SHARE_WITHOUT_NAME = 0.3


@dataclass
class Talked:
    """A case with the story it follows, the name used in the texts, and how often it was talked about."""

    case: object
    story: object
    name: str
    times: int = 1


@dataclass
class Desk:
    place: Place
    partnership: Partnership
    clinician: User
    link_staff: list
    calendar: SchoolCalendar
    people: list
    stories: list
    talked: list[Talked] = field(default_factory=list)
    told: int = 0
    logged: int = 0

    def lead(self, order):
        """The safeguarding lead to ring first, second ..."""
        return next(person for person in self.people if person.safeguarding_order == order)

    def next_story(self, wanted):
        """The next story of this school's shuffled pile that suits it and that `wanted` says yes to."""
        stages = {key_stage_of(year) for year in range(self.place.years[0], self.place.years[1] + 1)}
        for story in self.stories:
            if wanted(story) and (not story.stages or stages & set(story.stages)):
                # To the bottom of the pile, so that the others come first next time.
                self.stories.remove(story)
                self.stories.append(story)
                return story
        return None

    def year_for(self, story, rng):
        years = range(self.place.years[0], self.place.years[1] + 1)
        fitting = [year for year in years if not story.stages or key_stage_of(year) in story.stages]
        return rng.choice(fitting)


def set_out(place, partnership, accounts, stories, rng):
    clinician = names_by_place(Kind.LINK_CLINICIAN)[place.urn][0]
    link_staff = names_by_place(Kind.LINK_STAFF)[place.urn]
    return Desk(
        place=place,
        partnership=partnership,
        clinician=accounts[clinician],
        link_staff=[accounts[name] for name in link_staff],
        calendar=calendar_of(partnership),
        people=list(partnership.people.order_by("pk")),
        stories=rng.sample(stories, len(stories)),
    )


def new_case(desk, story, next_name, on, rng):
    """The case to open for a story, and the name its texts use: blank where none is recorded."""
    if story.subject == "staff":
        return NewCase("staff"), ""
    year = desk.year_for(story, rng)
    if story.subject != "child":
        return about_several(story, year, rng), ""
    if rng.random() < SHARE_WITHOUT_NAME:
        return NewCase("child", year_group=year), ""
    first_name, last_name = next_name()
    child = NewCase(
        "child",
        first_name=first_name,
        last_name=last_name,
        year_group=year,
        date_of_birth=born(year, on, rng) if rng.random() < 0.5 else None,
        consent=consent(year, on, rng, story.risk),
    )
    return child, first_name


def about_several(story, year, rng):
    words = YearGroup(year).label
    match story.subject:
        case "class":
            return NewCase(
                "class",
                group_name=f"{words} {rng.choice(CLASSES)}",
                year_group=year,
                pupils=rng.randint(22, 30),
            )
        case "year_group":
            return NewCase("year_group", year_group=year, pupils=rng.randint(44, 118))
    return NewCase("group", group_name=story.group_name, year_group=year, pupils=rng.randint(6, 9))


def born(year_group, on, rng):
    """A day of birth in the academic year that makes a child this year group on the day `on`."""
    academic_year = on.year if on.month >= 9 else on.year - 1
    return date(academic_year - year_group - 5, 9, 1) + timedelta(days=rng.randrange(365))


def consent(year, on, rng, risk):
    """Only where somebody is at risk of harm is there no time to ask."""
    urgent = rng.random() < 0.5
    if risk and urgent:
        return NewConsent("could_not_wait", reason=COULD_NOT_WAIT, purposes=BOTH)
    who = "young_person" if year >= 12 else "parent"
    how, day = rng.choice(["in_person", "phone", "written"]), on - timedelta(days=rng.randint(0, 9))
    return NewConsent(who, how, day, purposes=BOTH)
