"""What a school asks to talk about: who may see it, the order, and how it ends."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Delivery, StaleVersion
from accounts.services import save_tracked
from consultations.models import DiscussionRequest
from consultations.services import (
    close_as_phoned,
    move_request_down,
    move_request_up,
    move_stage,
    share_consultation,
    take_up_request,
    withdraw_request,
)
from tests.cast import role_of
from tests.records import whole_class


def waiting():
    return list(DiscussionRequest.objects.waiting().values_list("sentence", flat=True))


def fresh(request):
    return DiscussionRequest.objects.get(pk=request.pk)


def test_the_school_its_clinician_and_their_lead_see_it_and_nobody_else(cast, make_request):
    make_request()
    seen = {
        person.first_name
        for person in cast.people
        if DiscussionRequest.objects.visible_to(role_of(person)).exists()
    }
    assert seen == {"Priya", "Ruth", "Sam", "Dana"}


def test_a_new_one_is_last_in_the_order_of_the_school(make_request):
    for sentence in ("First", "Second", "Third"):
        make_request(sentence)
    assert waiting() == ["First", "Second", "Third"]


def test_the_school_puts_them_in_another_order(make_request, sam):
    first, second = make_request("First"), make_request("Second")
    move_request_up(second, by=sam, opened_version=second.version)
    assert waiting() == ["Second", "First"]
    second = fresh(second)
    move_request_down(second, by=sam, opened_version=second.version)
    assert waiting() == ["First", "Second"]
    assert fresh(first).history.first().history_change_reason == "Put in another order"


def test_the_first_cannot_go_up_nor_the_last_down(make_request, sam):
    first, last = make_request("First"), make_request("Last")
    move_request_up(first, by=sam, opened_version=first.version)
    move_request_down(last, by=sam, opened_version=last.version)
    assert waiting() == ["First", "Last"]
    assert fresh(first).version == first.version


def test_one_that_was_withdrawn_is_stepped_over(make_request, sam):
    make_request("First")
    gone, last = make_request("Gone"), make_request("Last")
    withdraw_request(gone, by=sam, at=timezone.now(), opened_version=gone.version)
    move_request_up(last, by=sam, opened_version=last.version)
    assert waiting() == ["Last", "First"]


def test_who_did_not_see_the_newest_moves_and_closes_nothing(make_request, sam, priya):
    make_request("First")
    request = make_request("Second")
    moves = {"by": sam, "opened_version": request.version + 1}
    for change in (move_request_up, move_request_down):
        with pytest.raises(StaleVersion):
            change(request, **moves)
    for close in (withdraw_request, close_as_phoned):
        with pytest.raises(StaleVersion):
            close(request, at=timezone.now(), **moves)
    assert waiting() == ["First", "Second"]


def test_it_ends_once(make_request, sam, priya):
    request = make_request(how_soon="sooner")
    close_as_phoned(request, by=priya, at=timezone.now(), opened_version=request.version)
    request = fresh(request)
    assert (request.how_it_stands, request.closed_by, waiting()) == ("Talked about on the phone", priya, [])
    with pytest.raises(ValidationError, match="talked about or closed since"):
        withdraw_request(request, by=sam, at=timezone.now(), opened_version=request.version)
    with pytest.raises(ValidationError, match="talked about or closed since"):
        move_request_up(request, by=sam, opened_version=request.version)


def test_it_is_talked_about_in_one_consultation(make_request, make_consultation, priya):
    request, talk, other = make_request(), make_consultation(), make_consultation()
    assert take_up_request(request, talk, by=priya) is True
    assert take_up_request(request, other, by=priya) is False
    assert (fresh(request).discussed_in, fresh(request).how_it_stands) == (talk, "Talked about")


def test_another_schools_consultation_takes_up_none(
    make_request, make_consultation, make_visit, another_school, owen
):
    elsewhere = make_consultation(visit=make_visit(another_school, clinician=owen, started=True))
    assert take_up_request(make_request(), elsewhere, by=owen) is False


def test_about_a_case_it_says_nothing_of_its_own_about_whom(make_request, make_consultation):
    case = make_consultation(about=whole_class()).case
    request = make_request(about=case, year_group=3, group_name="Otters")
    assert (request.subject, request.year_group, request.group_name) == ("class", None, "")
    assert request.who == case.reference


def test_a_closed_case_is_not_asked_about(make_request, make_consultation, priya, today):
    case = make_consultation(about=whole_class()).case
    said = {"moved_on": today, "reason": "All is well", "decided_by": "Us", "by": priya}
    move_stage(case, "closed", opened_version=case.version, at=timezone.now(), **said)
    with pytest.raises(ValidationError, match="is closed"):
        make_request(about=case)
    assert waiting() == []


def test_a_case_of_another_school_is_not_asked_about(
    make_request, make_consultation, make_visit, another_school, owen
):
    visit = make_visit(another_school, clinician=owen, started=True)
    with pytest.raises(ValidationError, match="belongs to another school"):
        make_request(about=make_consultation(visit=visit).case)


def test_sooner_phone_me_e_mails_the_clinicians_alone_and_without_a_word(make_request, priya, owen, ruth):
    make_request()
    assert not Delivery.objects.exists()
    request = make_request("He will not eat", how_soon="sooner", phone="01632 960018")
    (letter,) = Delivery.objects.all()
    assert (letter.kind, letter.person, request.phone) == ("phone_school", priya, "01632 960018")
    kept = str({name: getattr(letter, name) for name in ("school", "service", "about")})
    assert [word for word in ("eat", "01632", "Year 4", request.reference) if word in kept] == []


def test_a_number_to_call_is_kept_for_a_call_alone(make_request):
    assert make_request(phone="01632 960018").phone == ""


def test_forty_may_wait_at_once(make_request, monkeypatch):
    monkeypatch.setattr("consultations.services.requests.AT_MOST", 1)
    make_request()
    with pytest.raises(ValidationError, match="1 requests wait already"):
        make_request()


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": "child", "group_name": "Robin"},
        {"phone": "01632 960018"},
        {"closed_because": "withdrawn"},
    ],
)
def test_the_database_refuses_what_makes_no_sense(make_request, sam, wrong):
    request = make_request()
    for name, value in wrong.items():
        setattr(request, name, value)
    with pytest.raises((ValidationError, IntegrityError)), transaction.atomic():
        save_tracked(request, by=sam, reason="Wrong")


def test_no_column_of_a_request_is_for_the_name_of_a_child():
    names = {field.name for field in DiscussionRequest._meta.get_fields()}
    assert names & {"first_name", "last_name", "name", "date_of_birth", "upn", "nhs_number"} == set()


def test_a_case_that_is_not_shared_any_more_is_not_known(
    make_request, make_consultation, priya, sam, role_of
):
    talk = make_consultation()
    request = make_request(about=talk.case)
    rows = DiscussionRequest.objects.visible_to(role_of(sam)).for_list(role_of(sam))
    assert rows.get(pk=request.pk).knows_case is False
    share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    assert rows.get(pk=request.pk).knows_case is True


def test_what_was_asked_keeps_who_and_when(make_request, sam):
    at = timezone.now() - timedelta(days=3)
    request = make_request(at=at)
    assert (request.raised_by, request.raised_at) == (sam, at)
    assert request.history.get().history_user == sam
