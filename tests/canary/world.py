"""Everything there is, at three schools, with a marker in every text: built once, rolled back at the end."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core import mail
from django.db import transaction
from django.test import TestCase

from accounts.services import save_tracked
from schools.models import SchoolPerson
from schools.services import add_period
from tests.places import LONG_AGO
from tests.standing_rows import restore_standing_rows

from . import stories
from .desk import Desk
from .markers import Words
from .money import money
from .people import FAR, HERE, NEAR, SERVICES, move_in, open_places

SERVICE_TEXTS = (
    "what_a_plan_is",
    "if_things_get_worse",
    "about_an_adult",
    "cannot_reach_them",
    "paper_label",
    "address",
    "contact",
    "ods_code",
    "vat_words",
    "how_to_pay",
)


@dataclass
class World:
    words: Words = field(default_factory=Words)
    actors: list = field(default_factory=list)
    places: dict = field(default_factory=dict)
    letters: list = field(default_factory=list)

    def __getitem__(self, name):
        return next(actor for actor in self.actors if actor.name == name)


@contextmanager
def the_world():
    """Inside, the world stands in the database; afterwards nothing of it does."""
    with transaction.atomic():
        restore_standing_rows()
        with TestCase.captureOnCommitCallbacks(execute=True):
            world = build()
        world.letters = list(mail.outbox)
        yield world
        transaction.set_rollback(True)


def build():
    world = World()
    by, world.places = open_places(world.words)
    mark_services(world, by)
    world.actors = move_in(by, world.places, world.words)
    money(world)
    at_quillbrook(world)
    elsewhere(world, NEAR, "owen", "nell")
    elsewhere(world, FAR, "noor", "faye")
    near = desk_of(world, NEAR, "owen", "nell")
    stories.moved(near, world.places[HERE], HERE, world["gone clinician"].user)
    return world


def mark_services(world, by):
    """The words of a service belong to each of its schools."""
    for place in (HERE, FAR):
        service = world.places[place].service
        for name in SERVICE_TEXTS:
            marker = world.words.new(f"Service.{name}", SERVICES[place], "at the school")
            setattr(service, name, marker)
        save_tracked(service, by=by, reason="Set up")
        term = world.words.new("CalendarPeriod.name", SERVICES[place], "at the school")
        today = stories.timezone.localdate()
        add_period(service, "term", today - LONG_AGO, today + LONG_AGO, by=by, name=term)
    world.places[NEAR].refresh_from_db()


def desk_of(world, place, clinician, link, make=Desk):
    return make(world.words, place, world.places[place], world[clinician].user, world[link].user)


def at_quillbrook(world):
    desk, reader = desk_of(world, HERE, "priya", "sam"), world["tess"].user
    femi = SchoolPerson.objects.get(account=world["femi"].user)
    stories.never_shared(desk)
    desk.ask()
    stories.sent(desk)
    stories.sent_and_taken_back(desk)
    stories.changed_by_the_school(desk)
    stories.agreed(desk)
    stories.given(desk, reader)
    stories.taken_back(desk, reader)
    stories.notes(desk)
    stories.closed(desk, reader, world["toby"].user)
    stories.handed_while_closed(desk)
    stories.matters(desk, femi)
    stories.could_not_wait(desk, world["ruth"].user)
    stories.half_written(desk, world["priya"], world["sam"])
    stories.invited(desk, world["sam"].user)
    stories.half_written(desk, world["gone clinician"], world["gone link_staff"])
    before = desk_of(world, HERE, "priya", "sam", stories.earlier)
    stories.run_out(before, reader)
    stories.went_home(before)


def elsewhere(world, place, clinician, link):
    """The same, smaller, at a school that nobody of Quillbrook may know anything of."""
    desk = desk_of(world, place, clinician, link)
    stories.never_shared(desk)
    desk.ask()
    stories.agreed(desk)
    stories.notes(desk)
    stories.half_written(desk, world[clinician], world[link])
    stories.invited(desk, world[link].user)
    stories.matters(desk, desk.person)
