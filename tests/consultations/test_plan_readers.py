"""Who carries a plan out: given and taken back one by one, by link staff and the clinician."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import Reading, RoleRow
from accounts.services import end_role, grant_role
from consultations.models import PlanReader, Share
from consultations.services import give_plan_to_reader, recall_share, take_plan_from_reader
from tests.cast import give_role, school_staff
from tests.filling import OpenForm, banners, main_text, parsed, problems
from tests.places import new_person
from tests.records import no_names_child


def give(plan, reader, by):
    return give_plan_to_reader(plan, reader, by=by, at=timezone.now())


def take(plan, reader, by):
    return take_plan_from_reader(plan, reader, by=by, at=timezone.now())


def address(plan, page="plan-readers"):
    return reverse(f"consultations:{page}", args=[plan.reference])


def in_hand(plan):
    return [row.reader.first_name for row in plan.readers.for_list()]


@pytest.fixture
def another_reader(quillbrook, admin_person):
    person = new_person("Una", "Marchetti")
    return school_staff(person, RoleRow.Kind.PLAN_READER, quillbrook, "Class teacher", by=admin_person)


@pytest.fixture
def reader_elsewhere(another_school, admin_person):
    return give_role(
        new_person("Vera", "Elsewhere"), RoleRow.Kind.PLAN_READER, another_school, by=admin_person
    )


def test_a_plan_is_given_and_taken_back_with_who_and_when(make_plan, sam, tess, priya):
    plan = make_plan("agreed")
    row = give(plan, tess, sam)
    assert (row.reader, row.given_by, row.ended_at) == (tess, sam, None)
    taken = take(plan, tess, priya)
    assert (taken.pk, taken.ended_by) == (row.pk, priya)
    assert taken.ended_at >= taken.given_at
    history = [(h.history_user, h.history_change_reason) for h in row.history.order_by("history_date")]
    assert history == [(sam, "Given to carry out"), (priya, "Taken back")]


def test_given_twice_it_stays_one_row(make_plan, sam, dana, tess):
    plan = make_plan("agreed")
    assert give(plan, tess, sam) == give(plan, tess, dana)
    assert PlanReader.objects.count() == 1


def test_taken_back_it_can_be_given_again(make_plan, sam, tess):
    plan = make_plan("agreed")
    give(plan, tess, sam)
    take(plan, tess, sam)
    give(plan, tess, sam)
    assert (in_hand(plan), PlanReader.objects.count()) == (["Tess"], 2)


def test_taken_back_twice_is_refused(make_plan, sam, tess):
    plan = make_plan("agreed")
    give(plan, tess, sam)
    take(plan, tess, sam)
    with pytest.raises(ValidationError, match="This was taken back before"):
        take(plan, tess, sam)


def test_somebody_of_another_partnership_is_refused(make_plan, sam, reader_elsewhere):
    refused(make_plan("agreed"), reader_elsewhere, sam)


@pytest.mark.parametrize("who", ["hana", "femi", "dana", "kit"])
def test_somebody_in_another_role_is_refused(request, make_plan, sam, who):
    refused(make_plan("agreed"), request.getfixturevalue(who), sam)


def test_somebody_whose_role_ended_today_is_refused(make_plan, sam, tess, today, admin_person):
    end_role(RoleRow.objects.get(person=tess), end_on=today, by=admin_person, reason="Left")
    refused(make_plan("agreed"), tess, sam)


def test_somebody_whose_role_waits_to_be_confirmed_is_refused(
    make_plan, sam, quillbrook, today, admin_person
):
    person = new_person("Wanda", "Waiting")
    kind = RoleRow.Kind.PLAN_READER
    grant_role(person, kind, quillbrook, start_on=today, by=admin_person, confirmed=False)
    refused(make_plan("agreed"), person, sam)


def test_somebody_who_cannot_sign_in_any_more_is_refused(make_plan, sam, tess):
    tess.is_active = False
    tess.save()
    refused(make_plan("agreed"), tess, sam)


def refused(plan, reader, by):
    with pytest.raises(ValidationError, match="Only a plan reader of this school can be given this plan"):
        give(plan, reader, by)
    assert not PlanReader.objects.exists()


def test_a_plan_that_has_ended_is_given_to_nobody(make_plan, make_review, sam, tess):
    plan = make_plan("agreed")
    make_review(plan, overall="stopped")
    with pytest.raises(ValidationError, match="This plan has ended"):
        give(plan, tess, sam)


@pytest.mark.parametrize("who", ["sam", "priya"])
@pytest.mark.parametrize("lane", ["named", "no names"])
def test_from_the_page_it_is_given_and_taken_back(
    request, client, sign_in, make_plan, make_consultation, tess, who, lane
):
    about = {"about": no_names_child()} if lane == "no names" else {}
    plan = make_plan("agreed", consultation=make_consultation(**about))
    sign_in(client, request.getfixturevalue(who))
    assert "Who carries this out" in main_text(client.get(plan.get_absolute_url()))
    form = OpenForm(client, address(plan), reader=str(tess.pk))
    assert "Nobody has this plan yet." in main_text(form.page)
    page = client.get(form.send().url)
    assert banners(page) == ["Tess Abernathy can read what adults will do."]
    assert "Tess Abernathy, Class teacher Given by" in main_text(page)
    assert f"Every plan reader of {plan.partnership.school} has it." in main_text(page)
    taken = client.post(address(plan, "plan-take-back"), {"reader": tess.pk})
    assert banners(client.get(taken.url)) == ["Tess Abernathy can no longer read this plan."]
    assert in_hand(plan) == []


def test_only_plan_readers_of_the_school_are_offered(
    client, sign_in, sam, make_plan, cast, another_reader, reader_elsewhere
):
    page = sign_in(client, sam).get(address(make_plan("agreed")))
    offered = [label.get_text(strip=True) for label in parsed(page).select("main .nhsuk-radios label")]
    assert offered == ["Tess Abernathy, Class teacher", "Una Marchetti, Class teacher"]


def test_a_school_without_plan_readers_says_so(client, sign_in, sam, make_plan):
    page = sign_in(client, sam).get(address(make_plan("agreed")))
    assert "No plan reader works at Quillbrook Primary School yet." in main_text(page)


@pytest.mark.parametrize("reader", [None, "", "0", "-1", "9" * 400, "\0", "<b>", "priya"])
def test_nobody_or_somebody_forged_is_asked_again(client, sign_in, sam, tess, priya, make_plan, reader):
    typed = str(priya.pk) if reader == "priya" else reader
    form = OpenForm(sign_in(client, sam), address(make_plan("agreed")))
    assert problems(form.send(reader=typed)) == ["Select who will carry it out"]
    assert not PlanReader.objects.exists()


@pytest.mark.parametrize("reader", ["", "0", "9" * 400, "\0", "abc", "-1"])
def test_taking_back_what_nobody_has_says_so(client, sign_in, sam, tess, make_plan, reader):
    plan = make_plan("agreed")
    give(plan, tess, sam)
    answer = sign_in(client, sam).post(address(plan, "plan-take-back"), {"reader": reader})
    assert banners(client.get(answer.url)) == ["This was taken back before."]
    assert in_hand(plan) == ["Tess"]


def test_a_second_press_gives_it_once(client, sign_in, sam, tess, another_reader, make_plan):
    plan = make_plan("agreed")
    form = OpenForm(sign_in(client, sam), address(plan), reader=str(tess.pk))
    form.send()
    assert problems(form.send()) == ["Select who will carry it out"]
    assert in_hand(plan) == ["Tess"]


def test_before_it_is_agreed_it_can_be_given_and_says_that_it_opens_then(
    client, sign_in, sam, tess, make_plan
):
    plan = make_plan("sent")
    form = OpenForm(sign_in(client, sam), address(plan), reader=str(tess.pk))
    assert "The plan opens to them when it is agreed." in main_text(form.page)
    form.send()
    assert in_hand(plan) == ["Tess"]


def test_link_staff_give_nothing_that_was_recalled(client, sign_in, sam, tess, priya, make_plan):
    plan = make_plan("agreed")
    give(plan, tess, sam)
    recall_share(Share.objects.first(), by=priya, at=timezone.now())
    sign_in(client, sam)
    post = client.post
    answers = [client.get(address(plan)), post(address(plan), {"reader": tess.pk})]
    answers.append(post(address(plan, "plan-take-back"), {"reader": tess.pk}))
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert in_hand(plan) == ["Tess"]


@pytest.mark.parametrize(
    ("who", "code"),
    [("ruth", 403), ("tess", 403), ("owen", 404), ("noor", 404), ("hana", 404), ("femi", 404), ("ada", 404)],
)
def test_others_give_and_take_nothing(request, client, sign_in, sam, tess, make_plan, who, code):
    plan = make_plan("agreed")
    give(plan, tess, sam)
    sign_in(client, request.getfixturevalue(who))
    answers = [
        client.post(address(plan, page), {"reader": tess.pk}) for page in ("plan-readers", "plan-take-back")
    ]
    assert [answer.status_code for answer in answers] == [code, code]
    assert in_hand(plan) == ["Tess"]


def test_taking_back_is_no_link(client, sign_in, sam, make_plan):
    assert sign_in(client, sam).get(address(make_plan("agreed"), "plan-take-back")).status_code == 405


def test_looking_at_who_has_it_is_a_reading(client, sign_in, sam, make_plan):
    plan = make_plan("agreed")
    sign_in(client, sam).get(address(plan))
    assert Reading.objects.get().door == "consultations:plan-readers"


def test_whoever_left_the_school_long_ago_can_have_it_taken_back(
    client, sign_in, sam, tess, make_plan, today, admin_person
):
    plan = make_plan("agreed")
    give(plan, tess, sam)
    row = RoleRow.objects.get(person=tess)
    end_role(row, end_on=today - timedelta(days=1), by=admin_person, reason="Left")
    sign_in(client, sam).post(address(plan, "plan-take-back"), {"reader": tess.pk})
    assert in_hand(plan) == []


def test_who_left_and_comes_back_has_none_of_the_plans_of_before(
    client, sign_in, make_plan, tess, sam, quillbrook, admin_person, today
):
    plan = make_plan("agreed")
    long_ago = timezone.now() - timedelta(days=20)
    give_plan_to_reader(plan, tess, by=sam, at=long_ago)
    row = RoleRow.objects.get(person=tess)
    end_role(row, end_on=today - timedelta(days=10), by=admin_person, reason="Left")
    assert "They left since and cannot read it." in main_text(sign_in(client, sam).get(address(plan)))
    grant_role(tess, row.kind, quillbrook, start_on=today, by=admin_person)
    page = f"/carrying-out/{plan.reference}/"
    assert sign_in(client, tess).get(page).status_code == 404
    assert plan.reference not in client.get("/carrying-out/").text

    give(plan, tess, sam)
    assert sign_in(client, tess).get(page).status_code == 200
    assert "They left since" not in main_text(sign_in(client, sam).get(address(plan)))
    assert [bool(row.ended_at) for row in plan.readers.order_by("pk")] == [True, False]
