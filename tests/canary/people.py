"""Who goes round the doors: the standing cast, people of two other schools, and some who get nowhere."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from accounts.models import RoleRow
from accounts.services import grant_role
from schools.services import open_service
from tests.cast import clinician, give_role, role_of, school_staff
from tests.places import LONG_AGO, new_partnership, new_person

Kind = RoleRow.Kind
HERE, NEAR, FAR = "here", "near", "far"
SHELF = "library"
SERVICES = {HERE: "ours", NEAR: "ours", FAR: "theirs"}


@dataclass
class Actor:
    """Somebody who tries every door, and the places whose words they may meet; no column, no word at all."""

    name: str
    user: object = None
    column: str = ""
    places: set = field(default_factory=set)
    kind: str | None = None

    @property
    def today(self):
        return timezone.localdate()

    def sign_in(self, client):
        if self.user:
            client.force_login(self.user)
        if self.kind:
            session = client.session
            session["role"] = role_of(self.user, self.kind).pk
            session.save()
        return client


def open_places(words):
    """Quillbrook, a second school of its service, and a school of another service; by name."""
    by = new_person("Ada", "Okafor")
    ours = open_service("Willowmere CAMHS in Schools", by=by)
    theirs = open_service("Saltmarsh Schools Link", by=by)
    places = {
        HERE: new_partnership(ours, 990001, "Quillbrook Primary School", by=by),
        NEAR: new_partnership(ours, 990002, "Tansy Hill Primary School", by=by),
        FAR: new_partnership(theirs, 990007, "Merriscombe Primary School", by=by),
    }
    return by, places


def at_school(name, kind, place, job, by, **contact):
    return school_staff(new_person(name, "Cast"), kind, place, job, by=by, **contact)


def move_in(by, places, words):
    """Everybody with a role, as actors by name."""
    jobs = {place: words.new("SchoolPerson.job", place, "at the school") for place in places}
    here, near, far = places[HERE], places[NEAR], places[FAR]
    lead = {"phone": "01632 960017", "safeguarding_order": 1}
    people = {
        "priya": ("cli", HERE, clinician(new_person("Priya", "Nair"), here, by=by)),
        "owen": ("cli", NEAR, clinician(new_person("Owen", "Pritchard"), near, by=by)),
        "noor": ("cli", FAR, clinician(new_person("Noor", "Haddad"), far, by=by)),
        "sam": ("lin", HERE, at_school("Sam", Kind.LINK_STAFF, here, jobs[HERE], by)),
        "dana": ("lin", HERE, at_school("Dana", Kind.LINK_STAFF, here, "Deputy head", by)),
        "nell": ("lin", NEAR, at_school("Nell", Kind.LINK_STAFF, near, jobs[NEAR], by)),
        "faye": ("lin", FAR, at_school("Faye", Kind.LINK_STAFF, far, jobs[FAR], by)),
        "hana": ("bud", HERE, at_school("Hana", Kind.BUDGET_HOLDER, here, "Headteacher", by)),
        "nina": ("bud", NEAR, at_school("Nina", Kind.BUDGET_HOLDER, near, "Headteacher", by)),
        "fabian": ("bud", FAR, at_school("Fabian", Kind.BUDGET_HOLDER, far, "Headteacher", by)),
        "tess": ("rea", HERE, at_school("Tess", Kind.PLAN_READER, here, "Class teacher", by)),
        "toby": ("rea", HERE, at_school("Toby", Kind.PLAN_READER, here, "Teaching assistant", by)),
        "femi": ("dsl", HERE, at_school("Femi", Kind.SAFEGUARDING_LEAD, here, "Deputy", by, **lead)),
    }
    offices = {
        "ruth": ("lea", Kind.SERVICE_LEAD),
        "kit": ("com", Kind.COMMISSIONER),
        "edie": ("edi", Kind.EDITOR),
    }
    actors = [
        Actor(name, user, column, {place, SERVICES[place], SHELF})
        for name, (column, place, user) in people.items()
    ]
    for name, (column, kind) in offices.items():
        user = give_role(new_person(name.title(), "Cast"), kind, here.service, by=by)
        actors.append(Actor(name, user, column, {HERE, NEAR, "ours", SHELF}))
    give_role(by, Kind.ADMINISTRATOR, here.service, by=by)
    actors.append(Actor("ada", by, "ada", {HERE, NEAR, "ours", SHELF}))
    return actors + [two_roles(here, by), *nobodies(here, by)]


def two_roles(here, by):
    """Link staff who hold the school's budget too and approve orders, and work as a budget holder now."""
    user = at_school("Uma", Kind.LINK_STAFF, here, "Assistant head", by)
    give_role(user, Kind.BUDGET_HOLDER, here, by=by, is_approver=True)
    return Actor("uma", user, "bud", {HERE, "ours", SHELF}, kind=Kind.BUDGET_HOLDER)


def nobodies(here, by):
    """Nobody signed in; people whose role ended today; people whose role waits to be confirmed."""
    today = timezone.localdate()
    yield Actor("nobody")
    for kind, place in ((Kind.CLINICIAN, here.service), (Kind.LINK_STAFF, here), (Kind.PLAN_READER, here)):
        gone, waits = new_person(f"Gone{kind}", "Cast"), new_person(f"Waits{kind}", "Cast")
        grant_role(gone, kind, place, start_on=today - LONG_AGO, end_on=today, by=by)
        grant_role(waits, kind, place, start_on=today - timedelta(days=1), by=by, confirmed=False)
        if kind == Kind.CLINICIAN:
            for person in (gone, waits):
                give_role(person, Kind.LINK_CLINICIAN, here, by=by)
        yield Actor(f"gone {kind}", gone)
        yield Actor(f"waiting {kind}", waits)
