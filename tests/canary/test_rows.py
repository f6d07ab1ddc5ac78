"""Which rows exist for whom: every model with `visible_to`, every person, in a world with all there is.

all     every row of the places the person works at, and no other
some    rows of those places alone, and not all of them
-       none

The table tells of Quillbrook: of several people with one role, of the one who sees most.
"""

import pytest

from accounts.models import RoleRow
from consultations.models import SafeguardingMatter
from schools.models import Partnership

from .markers import our_models
from .matrix import COLUMNS
from .people import HERE, SERVICES

pytestmark = pytest.mark.django_db
TABLE = """
                    cli   lea   lin   rea   dsl   bud   com   edi   ada
Partnership         all   all   all   -     all   all   -     -     -
SchoolPerson        all   all   all   -     all   all   -     -     -
Visit               all   all   all   -     -     all   -     -     -
VisitPattern        all   all   all   -     -     all   -     -     -
Case                all   all   some  -     -     -     -     -     -
Consultation        all   all   -     -     -     -     -     -     -
ClinicalNote        all   -     -     -     -     -     -     -     -
CaseHandover        all   -     -     -     -     -     -     -     -
RecordCopy          all   -     -     -     -     -     -     -     -
Competence          all   all   -     -     -     -     -     -     -
Consent             all   all   -     -     -     -     -     -     -
Plan                all   all   some  some  -     -     -     -     -
PlanVersion         all   all   some  some  -     -     -     -     -
PlanReader          all   all   some  some  -     -     -     -     -
Review              all   all   some  -     -     -     -     -     -
StageMove           all   all   some  -     -     -     -     -     -
ParentsMeeting      all   all   some  -     -     -     -     -     -
Referral            all   all   some  -     -     -     -     -     -
ReferralUpdate      all   all   some  -     -     -     -     -     -
CheckIn             all   all   some  some  -     -     -     -     -
DiscussionRequest   all   all   all   -     -     -     -     -     -
Share               all   all   some  -     -     -     -     -     -
Paper               all   all   some  -     -     -     -     -     -
SafeguardingMatter  all   all   -     -     some  -     -     -     -
Draft               some  -     some  -     -     -     -     -     -
Agreement           all   all   some  -     -     some  -     -     -
TimeEntry           all   all   all   -     -     all   -     -     -
Adjustment          -     all   -     -     -     all   -     -     -
Order               -     all   some  -     -     all   -     -     -
EntryQuery          -     all   all   -     -     all   -     -     -
Statement           -     all   -     -     -     all   -     -     -
Invoice             -     all   -     -     -     all   -     -     -
Capacity            -     all   -     -     -     -     -     -     -
CalendarPeriod      all   all   all   -     -     -     -     -     all
"""
EXPECTED = {
    row.split()[0]: dict(zip(COLUMNS, row.split()[1:], strict=True)) for row in TABLE.splitlines()[2:]
}
# About accounts and settings alone, with tests of their own beside them.
ABOUT_ACCOUNTS = {"AuditEvent", "CalendarFeed", "Delivery", "Invitation", "RoleRow", "User"}
# One library for all readers.
OF_THE_LIBRARY = {"StrategyPage", "TopicPage"}
MORE = ["-", "some", "all"]
WAYS = ("partnership", "consultation", "plan", "plan_version", "case", "referral", "entry")


def with_visible_to():
    return {
        model.__name__: model
        for model in our_models()
        if hasattr(model._default_manager.get_queryset(), "visible_to")
    }


def places_of(row, places):
    """The places a row is of: an agreement is of every school that draws on it, what is paid of its payer."""
    match row.__class__.__name__:
        case "Agreement":
            return {places[school] for school in row.members.values_list("partnership", flat=True)}
        case "Adjustment" | "Order" | "Statement" | "Invoice":
            return {places[row.agreement.payer_id]}
        case "Capacity" | "CalendarPeriod":
            return {SERVICES[place] for pk, place in places.items()
                    if Partnership.objects.get(pk=pk).service_id == row.service_id}  # fmt: skip
    return {places[partnership_of(row)]}


def partnership_of(row):
    if row.__class__.__name__ == "Partnership":
        return row.pk
    way = next(name for name in WAYS if getattr(row, f"{name}_id", None))
    return row.partnership_id if way == "partnership" else partnership_of(getattr(row, way))


def said_of(actor, model, places):
    """The word of the table that is true of this person and this model."""
    kinds = {"kind": actor.kind} if actor.kind else {}
    role = RoleRow.objects.usable(actor.user, actor.today).get(**kinds)
    seen = set(model.objects.visible_to(role).values_list("pk", flat=True))
    own = {row.pk for row in model.objects.all() if places_of(row, places) & actor.places}
    assert seen <= own, f"{actor.name} sees a {model.__name__} of another place"
    return "all" if seen == own else "some" if seen else "-"


def test_a_safeguarding_lead_sees_what_they_were_told_themselves(world):
    role = RoleRow.objects.usable(world["femi"].user, world["femi"].today).get()
    told = SafeguardingMatter.objects.visible_to(role)
    words = {word.state for matter in told for word in world.words.found_in(matter.told_name)}
    assert words == {"matter told"}


def test_somebody_whose_role_ended_or_waits_has_none_to_work_in(world):
    without = [actor for actor in world.actors if actor.user and not actor.column]
    assert len(without) == 6
    assert [actor.name for actor in without if RoleRow.objects.usable(actor.user, actor.today)] == []


def test_every_model_with_rows_for_some_is_in_the_table():
    assert with_visible_to().keys() - ABOUT_ACCOUNTS - OF_THE_LIBRARY == EXPECTED.keys()


def test_everybody_sees_the_rows_that_the_table_says(world):
    places = {partnership.pk: name for name, partnership in world.places.items()}
    found = {name: dict.fromkeys(COLUMNS, "-") for name in EXPECTED}
    for actor in (actor for actor in world.actors if actor.column):
        for name, model in with_visible_to().items():
            if name in EXPECTED:
                said = said_of(actor, model, places)
                if HERE in actor.places:
                    found[name][actor.column] = max(said, found[name][actor.column], key=MORE.index)
    assert {name: row for name, row in found.items() if row != EXPECTED[name]} == {}
