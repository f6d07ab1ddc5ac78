"""A visit that a colleague makes: who can be given it, what is refused, and who is told."""

from datetime import timedelta

import pytest
import vobject
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.mail import message_of
from accounts.models import Delivery, RoleRow, StaleVersion
from accounts.services import end_role
from schools.models import TimeEntry, Visit
from schools.services import Clash, calendar_names, cover_visit, pass_visit_on, start_visit, who_can_cover
from tests.cast import clinician, role_of
from tests.places import new_person

Kind = RoleRow.Kind


@pytest.fixture
def mo(quillbrook, admin_person):
    """A colleague who is linked to the school too."""
    return clinician(new_person("Mo", "Varley"), quillbrook, by=admin_person)


@pytest.fixture
def cover(priya):
    """Pass a visit on. `by`, `to`, `reason` and `opened_version` may be given."""

    def act(visit, to, by=priya, **changes):
        said = {"reason": "illness", "at": timezone.now(), "opened_version": visit.version} | changes
        return cover_visit(role_of(by), visit, to=to, **said)

    return act


def test_a_colleague_makes_the_visit_and_its_time_stays_as_it_was(core, make_visit, mo, priya, cover):
    visit = make_visit(days=5)
    lines = list(TimeEntry.objects.values_list())
    covered = cover(visit, mo)
    newest = covered.history.first()
    assert Visit.objects.get().clinician == mo
    assert (newest.history_user, newest.history_change_reason) == (priya, "Passed on: Illness")
    assert list(TimeEntry.objects.values_list()) == lines


def test_clinicians_pass_to_who_is_linked_and_their_lead_to_all_of_the_service(
    make_visit, mo, priya, owen, noor, ruth, quillbrook, admin_person
):
    gone = clinician(new_person("Gil", "Abara"), quillbrook, by=admin_person)
    end_role(role_of(gone), end_on=timezone.localdate(), by=admin_person, reason="Left")
    visit = make_visit(days=5)
    assert who_can_cover(role_of(priya), visit) == [(mo, True)]
    assert who_can_cover(role_of(ruth), visit) == [(mo, True), (owen, False)]
    # A colleague of the school may take it.
    assert who_can_cover(role_of(mo), visit) == [(mo, True)]


def test_a_link_that_ends_before_the_visit_is_none(make_visit, mo, priya, admin_person, today):
    link = mo.roles.get(kind=Kind.LINK_CLINICIAN)
    end_role(link, end_on=today + timedelta(days=5), by=admin_person, reason="Moves on")
    assert who_can_cover(role_of(priya), make_visit(days=4)) == [(mo, True)]
    assert who_can_cover(role_of(priya), make_visit(days=5)) == []


def test_the_lead_links_who_is_not_linked_for_that_visit(make_visit, owen, ruth, cover, quillbrook, today):
    visit = cover(make_visit(days=5), owen, by=ruth)
    link = owen.roles.get(partnership=quillbrook)
    assert (link.kind, link.start_on, link.end_on) == (Kind.LINK_CLINICIAN, today, today + timedelta(days=19))
    assert visit in Visit.objects.visible_to(role_of(owen))
    after = RoleRow.objects.current(link.end_on).filter(person=owen, partnership=quillbrook)
    assert not after.exists()


def test_a_clinician_links_nobody_by_it(make_visit, owen, cover):
    with pytest.raises(ValidationError, match="Select a clinician who can be given this visit."):
        cover(make_visit(days=5), owen)
    assert not owen.roles.filter(partnership__school__urn=990001).exists()


@pytest.mark.parametrize("who", ["priya", "noor", "sam"])
def test_nobody_else_is_given_a_visit(request, make_visit, ruth, cover, who):
    visit = make_visit(days=5)
    with pytest.raises(ValidationError, match="Select a clinician who can be given this visit."):
        cover(visit, request.getfixturevalue(who), by=ruth)
    assert not Delivery.objects.exists()


def test_who_is_somewhere_else_then_is_not_given_it(make_visit, another_school, owen, ruth, cover):
    visit, theirs = make_visit(days=5), make_visit(another_school, owen, days=5)
    with pytest.raises(Clash, match="^\\['Owen Pritchard has another visit at that time.'\\]$") as clash:
        cover(visit, owen, by=ruth)
    assert clash.value.visit == theirs
    assert Visit.objects.get(pk=visit.pk).clinician == visit.clinician
    assert not owen.roles.filter(partnership=visit.partnership).exists()
    with pytest.raises(Clash):
        pass_visit_on(visit, to=owen, by=ruth, reason="Cover")


def test_one_that_has_begun_is_gone_on_with_whatever_they_had_then(make_visit, another_school, owen, ruth):
    visit = make_visit(started=True)
    make_visit(another_school, owen)
    assert pass_visit_on(visit, to=owen, by=ruth, reason="Left").clinician == owen


def test_what_has_begun_changed_or_has_no_reason_is_not_passed_on(make_visit, mo, priya, cover):
    visit = make_visit()
    with pytest.raises(ValidationError, match="Select a reason from the list."):
        cover(visit, mo, reason="Robin was upset")
    begun = start_visit(visit, by=priya, at=timezone.now())
    with pytest.raises(StaleVersion):
        cover(visit, mo, opened_version=1)
    with pytest.raises(ValidationError, match="This visit has begun."):
        cover(begun, mo)


def test_a_role_that_is_over_passes_nothing_on(make_visit, mo, priya, ruth, admin_person, today):
    visit, role = make_visit(days=5), role_of(ruth)
    end_role(role, end_on=today, by=admin_person, reason="Left")
    with pytest.raises(ValidationError, match="Your own role is over."):
        cover_visit(role, visit, to=mo, reason="leave", at=timezone.now(), opened_version=1)
    assert Visit.objects.get().clinician == priya


def told():
    rows = Delivery.objects.filter(kind="visit_covered").select_related("person")
    return sorted((row.person.first_name, bool(row.calendar_uid)) for row in rows)


def test_the_colleague_and_the_link_staff_are_told_and_only_the_colleague_gets_the_file(
    make_visit, mo, cover, sam, hana
):
    cover(make_visit(days=5), mo)
    assert told() == [("Mo", True), ("Sam", False)]


def test_who_made_it_before_is_told_when_somebody_else_passed_it_on(make_visit, mo, ruth, cover):
    cover(make_visit(days=5), mo, by=ruth)
    assert told() == [("Mo", True), ("Priya", False)]


def test_the_file_is_the_entry_of_the_feed_with_a_higher_number(make_visit, mo, cover):
    visit = make_visit(days=5)
    uid, sequence = calendar_names([visit])[visit.pk]
    cover(visit, mo)
    [(name, content, kind)] = message_of(Delivery.objects.get()).attachments
    [entry] = vobject.readOne(content).contents["vevent"]
    assert (name, kind, entry.uid.value) == ("visit.ics", "text/calendar", str(uid))
    assert int(entry.sequence.value) > sequence
    assert (entry.dtstart.value, entry.dtend.value) == (visit.planned_start_at, visit.planned_end_at)


def test_a_visit_passed_on_twice_is_told_of_twice(make_visit, mo, priya, cover):
    visit = cover(make_visit(days=5), mo)
    cover(visit, priya, by=mo, reason="agreed")
    assert told() == [("Mo", True), ("Priya", True)]
