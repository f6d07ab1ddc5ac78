"""Who may give which role where; what waits for the lead; confirming, declining and ending."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import policies
from accounts.models import AuditEvent, RoleRow, User
from accounts.services import (
    confirm_role,
    decline_role,
    end_role,
    give_role,
    grant_role,
    set_account_open,
    take_role,
)
from schools.services import start_partnership
from tests.cast import give_role as set_up_role
from tests.places import new_person

Kind = RoleRow.Kind
ALL = set(Kind)
SEE_CASES = {
    *(Kind.CLINICIAN, Kind.LINK_CLINICIAN, Kind.SERVICE_LEAD),
    *(Kind.LINK_STAFF, Kind.PLAN_READER, Kind.SAFEGUARDING_LEAD),
}


@pytest.fixture
def mel(db):
    return new_person("Mel", "Garside")


@pytest.fixture
def give(mel, today):
    """Give Mel a role. The first argument is the role row of the giver."""

    def make(acting, kind, place, person=mel, **terms):
        terms = {"start_on": today, "at": timezone.now()} | terms
        return give_role(acting, person, kind, place, **terms)

    return make


def place_of(kind, partnership):
    return {"service": partnership.service, "partnership": partnership, "school": partnership.school}[
        RoleRow.SCOPES[kind]
    ]


def kinds_given_at(role, person, partnership):
    return {kind for kind in Kind if policies.can_give(role, person, kind, place_of(kind, partnership))}


def test_each_role_gives_exactly_these_at_its_own_place(cast, role_of, mel):
    given = {
        person.first_name: kinds_given_at(role_of(person), mel, cast.quillbrook) for person in cast.people
    }
    school = {Kind.LINK_STAFF, Kind.PLAN_READER}
    some = {"Ada": ALL, "Ruth": ALL - {Kind.ADMINISTRATOR}, "Sam": school, "Dana": school}
    assert given == {person.first_name: some.get(person.first_name, set()) for person in cast.people}


def test_nobody_gives_a_role_at_another_service(cast, role_of, mel):
    given = {
        person.first_name: kinds_given_at(role_of(person), mel, cast.other_service_school)
        for person in cast.people
    }
    assert set().union(*given.values()) == set()


def test_link_staff_give_nothing_at_another_school_of_their_service(sam, role_of, mel, another_school):
    assert kinds_given_at(role_of(sam), mel, another_school) == set()


@pytest.mark.parametrize("who", ["ada", "ruth", "sam"])
def test_nobody_gives_themselves_a_role(request, give, role_of, quillbrook, who):
    person = request.getfixturevalue(who)
    same_again = User.objects.get(pk=person.pk)
    for himself in (person, same_again):
        with pytest.raises(ValidationError, match="You cannot give yourself a role"):
            give(role_of(person), Kind.PLAN_READER, quillbrook, person=himself)
    assert kinds_given_at(role_of(person), same_again, quillbrook) == set()
    assert person.roles.count() == 1


@pytest.mark.parametrize("kind", sorted(Kind))
def test_what_an_administrator_gives_waits_where_it_sees_cases(give, ada, role_of, quillbrook, kind, today):
    row = give(role_of(ada), kind, place_of(kind, quillbrook))
    waits = kind in SEE_CASES
    assert (row.confirmed_at is None, row.state(today)) == (waits, "Waiting" if waits else "In force")
    assert RoleRow.objects.current(today).filter(pk=row.pk).exists() is not waits


def test_what_the_lead_gives_is_in_force_at_once(give, ruth, role_of, service, today):
    row = give(role_of(ruth), Kind.CLINICIAN, service)
    assert (row.state(today), row.confirmed_by) == ("In force", ruth)


def test_a_giver_whose_own_role_is_over_gives_nothing(give, ada, role_of, service, ruth, today):
    acting = role_of(ada)
    end_role(acting, end_on=today, by=ruth, reason="Left")
    with pytest.raises(ValidationError, match="Your own role is over"):
        give(acting, Kind.EDITOR, service)


def test_the_same_role_twice_and_a_closed_account_are_refused(give, ruth, role_of, service, mel):
    give(role_of(ruth), Kind.CLINICIAN, service)
    with pytest.raises(ValidationError, match="Mel Garside has that role there already"):
        give(role_of(ruth), Kind.CLINICIAN, service)
    mel.is_active = False
    mel.save()
    with pytest.raises(ValidationError, match="This account is closed"):
        give(role_of(ruth), Kind.COMMISSIONER, service)
    assert mel.roles.count() == 1


def test_the_lead_confirms_and_the_second_one_is_told(give, ada, ruth, role_of, service, mel, today):
    row = give(role_of(ada), Kind.CLINICIAN, service)
    assert not RoleRow.objects.usable(mel, today).exists()
    confirm_role(role_of(ruth), row, at=timezone.now())
    assert RoleRow.objects.usable(mel, today).get().confirmed_by == ruth
    for decide in (confirm_role, decline_role):
        with pytest.raises(ValidationError, match="Somebody confirmed this role before you"):
            decide(role_of(ruth), row, at=timezone.now())


def test_what_the_lead_declines_never_opens_anything(give, ada, ruth, role_of, service, mel, today):
    row = give(role_of(ada), Kind.CLINICIAN, service)
    declined = decline_role(role_of(ruth), row, at=timezone.now())
    assert (declined.end_on, declined.state(today)) == (today, "Not given")
    with pytest.raises(ValidationError, match="Somebody declined or ended this role before you"):
        confirm_role(role_of(ruth), row, at=timezone.now())
    assert not RoleRow.objects.usable(mel, today).exists()
    assert not RoleRow.objects.waiting(today).exists()
    give(role_of(ada), Kind.CLINICIAN, service)
    assert RoleRow.objects.waiting(today).count() == 1


def test_only_the_lead_of_that_service_decides_and_never_about_oneself(
    give, cast, role_of, service, other_service, admin_person, mel
):
    row = give(role_of(cast.ada), Kind.SERVICE_LEAD, service)
    deciding = [p.first_name for p in cast.people if policies.can_confirm(role_of(p), row)]
    assert deciding == ["Ruth"]
    elsewhere = set_up_role(
        new_person("Vera", "Elsewhere"), Kind.SERVICE_LEAD, other_service, by=admin_person
    )
    with pytest.raises(ValidationError, match="You cannot decide about that role"):
        confirm_role(role_of(elsewhere), row, at=timezone.now())


def test_a_lead_does_not_confirm_a_role_of_their_own(give, ada, ruth, role_of, service):
    row = give(role_of(ada), Kind.CLINICIAN, service, person=ruth)
    with pytest.raises(ValidationError, match="You cannot decide about that role"):
        confirm_role(role_of(ruth, Kind.SERVICE_LEAD), row, at=timezone.now())


def test_whoever_may_give_a_role_there_ends_it_and_nobody_their_own(cast, role_of):
    ending = {
        whose.first_name: {p.first_name for p in cast.people if policies.can_end(role_of(p), role_of(whose))}
        for whose in (cast.sam, cast.tess, cast.priya, cast.ada, cast.ruth, cast.noor, cast.hana)
    }
    both = {"Ada", "Ruth"}
    assert ending == {
        "Sam": both | {"Dana"},
        "Tess": both | {"Sam", "Dana"},
        "Priya": both,
        "Ada": set(),
        "Ruth": {"Ada"},
        "Noor": set(),
        "Hana": both,
    }


def test_a_role_does_not_end_before_it_begins(ruth, role_of, service, mel, today):
    row = grant_role(mel, Kind.EDITOR, service, start_on=today + timedelta(days=7), by=ruth)
    with pytest.raises(ValidationError, match="The end of a role must not be before its start"):
        take_role(role_of(ruth), row, end_on=today, reason="Left", at=timezone.now())


def test_a_role_does_not_end_in_the_past_nor_twice(ruth, sam, role_of, today):
    row, at = role_of(sam), timezone.now()
    with pytest.raises(ValidationError, match="The end of the role must be today or later"):
        take_role(role_of(ruth), row, end_on=today - timedelta(days=1), reason="Left", at=at)
    take_role(role_of(ruth), row, end_on=today, reason="Left", at=at)
    with pytest.raises(ValidationError, match="This role is over already"):
        take_role(role_of(ruth), row, end_on=today, reason="Left", at=at)
    assert not RoleRow.objects.usable(sam, today).exists()


def test_an_account_is_closed_and_opened_by_those_who_keep_it(ada, ruth, sam, role_of):
    at = timezone.now()
    assert not set_account_open(role_of(ruth), sam, is_open=False, at=at).is_active
    assert set_account_open(role_of(ruth), sam, is_open=True, at=at).is_active
    for acting, person in ((ruth, ada), (ruth, ruth), (ada, ada), (sam, ruth)):
        with pytest.raises(ValidationError, match="You cannot close that account"):
            set_account_open(role_of(acting), person, is_open=False, at=at)


def test_an_account_that_also_works_for_another_service_is_not_ours_to_close(
    ruth, sam, role_of, other_service_school, admin_person
):
    set_up_role(sam, Kind.LINK_STAFF, other_service_school, by=admin_person)
    with pytest.raises(ValidationError, match="also works for another service"):
        set_account_open(role_of(ruth), sam, is_open=False, at=timezone.now())
    sam.refresh_from_db()
    assert sam.is_active


def test_every_act_is_in_the_audit_log_with_who_and_from_where(give, ada, ruth, role_of, service, today):
    row = give(role_of(ada), Kind.CLINICIAN, service, address="192.0.2.7")
    confirm_role(role_of(ruth), row, at=timezone.now(), address="192.0.2.8")
    take_role(role_of(ada), row, end_on=today, reason="Secret words", at=timezone.now())
    said = [
        (str(e.person), e.kind, e.service, e.detail, e.address) for e in AuditEvent.objects.order_by("pk")
    ]
    role = "Clinician, Willowmere CAMHS in Schools"
    assert said == [
        (
            "Ada Okafor",
            "role",
            service,
            f"{role} given to Mel Garside, waits for the service lead",
            "192.0.2.7",
        ),
        ("Ruth Calloway", "role", service, f"{role} of Mel Garside confirmed", "192.0.2.8"),
        ("Ada Okafor", "role", service, f"{role} of Mel Garside ends on {today:%d.%m.%Y}", None),
    ]


@pytest.mark.parametrize("start", [-7, 0, 7])
@pytest.mark.parametrize("end", [None, -1, 0, 1, 7, 14])
def test_the_row_and_the_query_agree_on_what_is_over(service, ruth, mel, today, start, end):
    start_on, end_on = today + timedelta(days=start), end if end is None else today + timedelta(days=end)
    if end_on and end_on < start_on:
        end_on = start_on
    row = grant_role(mel, Kind.CLINICIAN, service, start_on=start_on, end_on=end_on, by=ruth)
    assert row.is_over(today) is not RoleRow.objects.not_over(today).filter(pk=row.pk).exists()


@pytest.mark.parametrize("who", ["ada", "ruth", "sam"])
def test_nobody_makes_a_role_longer_by_ending_it_later(request, role_of, quillbrook, mel, today, who):
    acting = role_of(request.getfixturevalue(who))
    end_on = today + timedelta(days=7)
    row = grant_role(mel, Kind.PLAN_READER, quillbrook, start_on=today, end_on=end_on, by=acting.person)
    later = {"end_on": end_on + timedelta(days=1), "reason": "Stays on", "at": timezone.now()}
    with pytest.raises(ValidationError, match="For a longer one, give a new role"):
        take_role(acting, row, **later)
    row.refresh_from_db()
    assert (row.end_on, row.history.count()) == (end_on, 1)
    for sooner in (end_on, today + timedelta(days=3)):
        assert take_role(acting, row, **later | {"end_on": sooner}).end_on == sooner


def test_a_longer_role_begins_when_the_old_one_ends_and_waits_as_any(give, ada, role_of, service, mel, today):
    end_on = today + timedelta(days=7)
    grant_role(mel, Kind.CLINICIAN, service, start_on=today, end_on=end_on, by=ada)
    with pytest.raises(ValidationError, match="has that role there already"):
        give(role_of(ada), Kind.CLINICIAN, service, start_on=end_on - timedelta(days=1))
    assert give(role_of(ada), Kind.CLINICIAN, service, start_on=end_on).state(today) == "Waiting"


@pytest.mark.parametrize("kind", sorted(Kind))
def test_what_sees_cases_is_opened_again_by_the_lead_alone(ada, ruth, role_of, quillbrook, mel, kind):
    set_up_role(mel, kind, place_of(kind, quillbrook), by=ada)
    at = timezone.now()
    set_account_open(role_of(ada), mel, is_open=False, at=at)
    who = ruth if kind in SEE_CASES else ada
    if kind in SEE_CASES:
        with pytest.raises(ValidationError, match="Where a role sees cases, the service lead does"):
            set_account_open(role_of(ada), mel, is_open=True, at=at)
        assert not User.objects.get(pk=mel.pk).is_active
    assert set_account_open(role_of(who), mel, is_open=True, at=at).is_active


def test_once_the_role_is_over_an_administrator_opens_the_account(ada, role_of, quillbrook, mel, today):
    set_up_role(mel, Kind.LINK_STAFF, quillbrook, by=ada)
    end_role(mel.roles.get(), end_on=today, by=ada, reason="Left")
    at = timezone.now()
    set_account_open(role_of(ada), mel, is_open=False, at=at)
    assert set_account_open(role_of(ada), mel, is_open=True, at=at).is_active


def test_of_two_services_at_a_school_the_one_that_gave_a_role_ends_it(
    give, ruth, role_of, quillbrook, other_service, admin_person, today
):
    start_partnership(other_service, quillbrook.school, started_on=today, by=admin_person)
    vera = set_up_role(new_person("Vera", "Elsewhere"), Kind.SERVICE_LEAD, other_service, by=admin_person)
    rows = {lead: None for lead in (ruth, vera)}
    for number, lead in enumerate(rows):
        person = new_person(f"Lead{number}", "X")
        rows[lead] = give(role_of(lead), Kind.SAFEGUARDING_LEAD, quillbrook.school, person=person)
    may = [(policies.can_end(role_of(lead), rows[lead])) for lead in rows]
    may_not = [policies.can_end(role_of(ruth), rows[vera]), policies.can_end(role_of(vera), rows[ruth])]
    assert (may, may_not) == ([True, True], [False, False])
