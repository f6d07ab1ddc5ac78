"""A pattern that changes is told once to the school and once to the clinician, with all its visits."""

from datetime import time, timedelta

import pytest
import vobject
from django.utils import timezone

from accounts.mail import message_of
from accounts.models import Delivery, RoleRow
from accounts.services import end_role
from schools.calendar_entries import feed_of
from schools.models import VisitPattern
from schools.services import apply_pattern, digest_of_plan, plan_visits
from tests.cast import clinician, role_of
from tests.places import new_person
from tests.records import local
from web.words import longdate


@pytest.fixture
def monday(today):
    """A Monday to come."""
    return today + timedelta(days=7 - today.weekday())


@pytest.fixture
def change(quillbrook, priya, calendar, monday):
    """Save a pattern of three Wednesdays, or what becomes of it, after its plan was looked at."""
    given = {"weekday": 2, "every_weeks": 1, "starts": time(9), "minutes": 180}
    given |= {"from_on": monday, "until_on": monday + timedelta(days=20)}
    pattern = VisitPattern(partnership=quillbrook, clinician=priya, **given)

    def save(**fields):
        before, at = VisitPattern.objects.filter(pk=pattern.pk).first(), timezone.now()
        for name, value in fields.items():
            setattr(pattern, name, value)
        seen = digest_of_plan(plan_visits(pattern, now=at, clinician_before=before and before.clinician))
        apply_pattern(pattern, seen=seen, by=priya, at=at, opened_version=pattern.version)

    save()
    return save


def lines(monday, *numbers):
    """As the e-mail has them: days counted from a Monday."""
    return "".join(f"- {longdate(monday + timedelta(days=n))}, 9am to midday\n" for n in numbers)


def told():
    return sorted(row.person.first_name for row in Delivery.objects.select_related("person"))


def letter_to(person):
    return Delivery.objects.get(person=person)


def entries(letter):
    """{uid: (sequence, start, whether it is cancelled)} of the file that comes with it."""
    [(name, content, kind)] = message_of(letter).attachments
    assert (name, kind) == ("visits.ics", "text/calendar")
    return entries_in(content)


def entries_in(content):
    found = vobject.readOne(content.decode() if isinstance(content, bytes) else content).contents["vevent"]
    return {
        one.uid.value: (one.sequence.value, one.dtstart.value, one.status.value == "CANCELLED")
        for one in found
    }


def test_a_new_pattern_is_told_to_nobody(change, sam):
    assert told() == []


def test_the_school_and_the_clinician_get_one_e_mail_with_the_new_days(cast, change, priya, monday):
    change(weekday=4)
    assert told() == ["Bo", "Dana", "Hana", "Priya", "Sam"]
    message = message_of(letter_to(priya))
    assert message.subject == "Your visits have changed"
    assert message.body == (
        "The visits of Priya Nair to Quillbrook Primary School have changed.\n\n"
        f"Priya Nair now comes on:\n\n{lines(monday, 4, 11, 18)}\n"
        "All other visits stay as they are. The file with this e-mail changes your calendar. Sign in to see "
        "all visits:\n\nhttp://127.0.0.1:8000/account/login/\n"
    )


def test_visits_that_are_taken_out_are_said_and_those_that_stay_are_not(sam, change, monday):
    change(until_on=monday + timedelta(days=13))
    assert message_of(letter_to(sam)).body.startswith(
        "The visits of Priya Nair to Quillbrook Primary School have changed.\n\n"
        f"Priya Nair does not come on:\n\n{lines(monday, 16)}\nAll other"
    )


def test_its_file_changes_the_entries_that_the_feed_gave(sam, change, monday):
    def feed():
        return entries_in(feed_of(role_of(sam), at=timezone.now(), url="https://example.org/"))

    before = feed()
    change(weekday=4, until_on=monday + timedelta(days=13))
    in_file, now = entries(letter_to(sam)), feed()
    assert in_file == now
    assert in_file.keys() == before.keys()
    assert all(int(in_file[uid][0]) > int(before[uid][0]) for uid in before)
    assert sorted(is_off for _, _, is_off in in_file.values()) == [False, False, True]


def test_visits_that_are_made_anew_are_in_it(sam, change, monday):
    change(until_on=monday + timedelta(days=27))
    [(_, start, is_off)] = entries(letter_to(sam)).values()
    assert (start, is_off) == (local(monday + timedelta(days=23), 9), False)


def test_who_takes_the_visits_over_gets_them_and_who_had_them_loses_them(
    sam, change, priya, quillbrook, admin_person, monday
):
    mo = clinician(new_person("Mo", "Varley"), quillbrook, by=admin_person)
    change(clinician=mo, weekday=3)
    assert told() == ["Mo", "Priya", "Sam"]
    theirs, hers = entries(letter_to(mo)), entries(letter_to(priya))
    assert theirs == entries(letter_to(sam))
    assert [is_off for *_, is_off in theirs.values()] == [False] * 3
    assert hers.keys() == theirs.keys()
    assert {is_off for *_, is_off in hers.values()} == {True}
    assert "Mo Varley does not come on" not in message_of(letter_to(priya)).body
    assert f"Priya Nair does not come on:\n\n{lines(monday, 2, 9, 16)}" in message_of(letter_to(priya)).body


def test_what_changes_no_visit_is_told_to_nobody(change, sam, monday):
    change()
    change(until_on=monday + timedelta(days=19))
    assert told() == []


def test_a_second_change_is_told_again_and_each_once(sam, change):
    change(weekday=4)
    change(weekday=3)
    assert told() == ["Priya", "Priya", "Sam", "Sam"]


def test_a_clinician_who_is_not_linked_any_more_is_told_nothing(sam, change, priya, today):
    for role in RoleRow.objects.filter(person=priya):
        end_role(role, end_on=today, by=sam, reason="Left")
    change(weekday=4)
    assert told() == ["Sam"]
