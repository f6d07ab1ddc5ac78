"""A clinician leaves: roles end, unfinished work goes to somebody else, finished work keeps its author."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEvent, RoleRow
from accounts.services import end_role
from consultations.models import Draft
from consultations.services import finish_visit
from home.services import hand_over, preview_leaving, work_of
from schools.models import Visit
from tests.cast import clinician, give_role
from tests.cost import AT_MOST, cost
from tests.filling import banners, main_text, parsed, problems
from tests.leaving import TYPED
from tests.places import new_person
from tests.records import minutes

Kind = RoleRow.Kind


def finish(visit):
    now = timezone.now()
    times = {"at": now, "ended_at": now, "minutes": minutes(30)}
    return finish_visit(visit, by=visit.clinician, opened_version=visit.version, **times)


def test_everything_unfinished_changes_hands_and_the_roles_end(
    leave, make_visit, half_written, priya, owen, quillbrook, today
):
    begun, booked = make_visit(started=True), make_visit(days=14)
    draft = half_written(begun)
    done = leave()
    assert (done.roles, done.drafts, done.visits, done.schools) == (2, 1, 2, 1)
    assert not RoleRow.objects.usable(priya, today).exists()
    assert {row.end_on for row in priya.roles.all()} == {today}
    assert {visit.clinician for visit in Visit.objects.filter(pk__in=[begun.pk, booked.pk])} == {owen}
    moved = Draft.objects.get(pk=draft.pk)
    assert (moved.author, moved.payload, moved.key) == (owen, {"concern": [TYPED]}, draft.key)
    links = RoleRow.objects.current(today).filter(person=owen, kind=Kind.LINK_CLINICIAN)
    assert links.filter(partnership=quillbrook).exists()


def test_what_was_typed_stays_ciphertext_on_its_way(leave, make_visit, half_written):
    draft = half_written(make_visit(started=True))
    stored = "SELECT payload FROM consultations_draft WHERE id = %s"
    with connection.cursor() as cursor:
        before = cursor.execute(stored, [draft.pk]).fetchone()
        leave()
        assert cursor.execute(stored, [draft.pk]).fetchone() == before
    assert "canary" not in str(before)


def test_what_is_finished_keeps_its_clinician_and_its_author(
    leave, make_visit, make_consultation, priya, owen
):
    visit = make_visit(started=True)
    talk = make_consultation(visit=visit)
    finish(visit)
    history = talk.history.count()
    assert leave().visits == 0
    visit.refresh_from_db()
    talk.refresh_from_db()
    assert (visit.clinician, talk.author, talk.history.count()) == (priya, priya, history)


def test_each_change_is_signed_with_the_leads_reason(leave, make_visit, ruth, priya):
    visit = make_visit(started=True)
    leave(reason="Moved to another team")
    for record in (visit, priya.roles.first()):
        newest = record.history.first()
        assert (newest.history_user, newest.history_change_reason) == (ruth, "Moved to another team")
    event = AuditEvent.objects.get(kind="handed_over")
    assert event.detail == "Priya Nair to Owen Pritchard: 2 roles, 0 drafts, 1 visit, 0 visit patterns"


def test_from_a_day_ahead_only_visits_from_then_on_change_hands(
    leave, make_visit, half_written, priya, owen, today
):
    soon, later = make_visit(started=True), make_visit(days=14)
    draft = half_written(soon)
    done = leave(from_on=today + timedelta(days=7))
    assert (done.roles, done.drafts, done.visits) == (2, 0, 1)
    soon.refresh_from_db()
    later.refresh_from_db()
    assert (soon.clinician, later.clinician) == (priya, owen)
    assert Draft.objects.get(pk=draft.pk).author == priya
    assert RoleRow.objects.usable(priya, today).exists()
    assert not RoleRow.objects.usable(priya, today + timedelta(days=7)).exists()


def test_what_was_left_behind_is_handed_over_after_the_roles_have_ended(
    leave, half_written, make_visit, priya, owen, ruth, role_of, today
):
    draft = half_written(make_visit(started=True))
    for row in priya.roles.all():
        end_role(row, end_on=today, by=ruth, reason="Left")
    assert leave().drafts == 1
    assert Draft.objects.get(pk=draft.pk).author == owen


def test_nothing_of_another_service_is_touched(
    leave, half_written, make_visit, priya, other_service_school, admin_person, today
):
    clinician(priya, other_service_school, by=admin_person)
    there = make_visit(partnership=other_service_school, started=True)
    draft = half_written(there)
    leave()
    there.refresh_from_db()
    assert (there.clinician, Draft.objects.get(pk=draft.pk).author) == (priya, priya)
    assert [row.the_service for row in RoleRow.objects.usable(priya, today)] == [other_service_school.service]


@pytest.mark.parametrize("who", ["noor", "sam", "priya", "kit"])
def test_only_a_clinician_of_the_service_takes_over(request, leave, make_visit, who, priya, today):
    visit = make_visit(started=True)
    with pytest.raises(ValidationError, match="Select a clinician of this service"):
        leave(to=request.getfixturevalue(who))
    visit.refresh_from_db()
    assert visit.clinician == priya
    assert RoleRow.objects.usable(priya, today).exists()


def test_a_lead_does_not_link_themselves_to_a_school(leave, make_visit, ruth, service, admin_person, priya):
    give_role(ruth, Kind.CLINICIAN, service, by=admin_person)
    visit = make_visit(started=True)
    acting = ruth.roles.get(kind=Kind.SERVICE_LEAD)
    values = {"to": ruth, "from_on": timezone.localdate(), "at": timezone.now()}
    for act in (preview_leaving, partial(hand_over, reason="Left", seen="")):
        with pytest.raises(ValidationError, match="You cannot link yourself to a school"):
            act(acting, priya, **values)
    visit.refresh_from_db()
    assert visit.clinician == priya


@pytest.mark.parametrize("who", ["ada", "priya", "owen", "sam"])
def test_nobody_but_the_lead_hands_over(request, role_of, priya, owen, service, today, who):
    acting = role_of(request.getfixturevalue(who))
    values = {"to": owen, "from_on": today, "at": timezone.now()}
    for act in (preview_leaving, partial(hand_over, reason="Left", seen="")):
        with pytest.raises(ValidationError, match="You cannot hand over this person's work"):
            act(acting, priya, **values)
    assert RoleRow.objects.usable(priya, today).exists()


def test_the_page_shows_numbers_and_no_name(client, sign_in, ruth, priya, owen, make_visit, half_written):
    half_written(make_visit(started=True))
    page = sign_in(client, ruth).get(f"/users/{priya.pk}/leaving/")
    text = main_text(page)
    assert "Roles that end 2 Drafts 1 Visits not finished 1 Visit patterns 0 Schools the work is at 1" in text
    assert "canary" not in page.text
    assert "Robin" not in page.text
    assert [label.get_text(strip=True) for label in parsed(page).select(".nhsuk-radios__label")] == [
        "Owen Pritchard"
    ]


def test_the_page_hands_over_and_the_open_session_of_the_leaver_is_over(
    client, sign_in, sending, priya, owen, make_visit, half_written
):
    visit = make_visit(started=True)
    draft = half_written(visit)
    theirs = sign_in(type(client)(), priya)
    assert theirs.get(draft.resume_url).status_code == 200
    answer = sending()
    assert banners(client.get(answer.url)) == [
        "Handed to Owen Pritchard: 2 roles, 1 draft, 1 visit, 0 visit patterns."
    ]
    for url in (draft.resume_url, visit.get_absolute_url(), "/today/", "/schools/"):
        assert (url, theirs.get(url).url) == (url, "/role/")
    page = f"{visit.get_absolute_url()}add/"
    kept = theirs.post(f"{page}?autosave=1", {"form_key": draft.key, "concern": "more"})
    assert kept.status_code in (302, 403)
    assert Draft.objects.get().payload == {"concern": [TYPED]}
    mine = sign_in(type(client)(), owen)
    assert TYPED in mine.get(draft.resume_url).text
    assert visit.reference in mine.get("/today/").text


def test_a_draft_of_a_visit_that_is_finished_can_still_be_read(
    client, sign_in, sending, half_written, make_visit, priya, owen, admin_person
):
    visit = make_visit(started=True)
    finish(visit)
    draft = half_written(visit)
    sending()
    page = sign_in(client, owen).get(draft.resume_url)
    assert (page.status_code, TYPED in page.text) == (200, True)
    assert client.get(f"{visit.get_absolute_url()}finish/").status_code == 403


@pytest.mark.parametrize("to", ["noor", "sam", "9" * 40, "x\0", ""])
def test_a_forged_successor_is_asked_again(request, sending, make_visit, to, priya):
    visit = make_visit(started=True)
    value = request.getfixturevalue(to).pk if to in ("noor", "sam") else to
    assert problems(sending(to=value)) == ["Select a clinician of this service"]
    visit.refresh_from_db()
    assert visit.clinician == priya


def test_what_is_missing_is_asked_for(sending):
    empty = {"from_on_day": "", "from_on_month": "", "from_on_year": "", "to": "", "reason": "\0"}
    assert problems(sending(**empty)) == [
        "Enter the end of the roles",
        "Select a clinician of this service",
        "Enter why the work is handed over",
    ]


def test_pressed_twice_it_is_done_once(filled, confirming, make_visit, owen, priya):
    visit = make_visit(started=True)
    page = filled()
    first, second = confirming(page), confirming(page)
    assert first.url == second.url == f"/users/{priya.pk}/"
    visit.refresh_from_db()
    assert (visit.clinician, visit.version) == (owen, 3)
    assert AuditEvent.objects.filter(kind="handed_over").count() == 1


def test_of_what_is_handed_over_nothing_is_left(sending, filled, make_visit):
    make_visit(started=True)
    sending()
    page = filled()
    assert "There is nothing left to hand over from that day." in main_text(page)
    assert [button["name"] for button in parsed(page).select("main button[name]")] == ["change"]


def test_the_page_costs_the_same_for_one_visit_and_for_three(
    client, sign_in, ruth, priya, owen, make_visit, half_written
):
    sign_in(client, ruth)
    url = f"/users/{priya.pk}/leaving/"
    half_written(make_visit(started=True))
    first = cost(client, url)
    half_written(make_visit(days=1))
    half_written(make_visit(days=2))
    assert cost(client, url) == first
    assert first <= AT_MOST


def test_only_the_lead_opens_the_page_and_only_for_clinicians(client, sign_in, cast):
    codes = {
        who.first_name: sign_in(client, who).get(f"/users/{cast.priya.pk}/leaving/").status_code
        for who in (cast.ruth, cast.ada, cast.priya, cast.owen, cast.sam)
    }
    assert codes == {"Ruth": 200, "Ada": 403, "Priya": 404, "Owen": 404, "Sam": 404}
    sign_in(client, cast.ruth)
    assert client.get(f"/users/{cast.sam.pk}/leaving/").status_code == 403
    assert client.get(f"/users/{cast.noor.pk}/leaving/").status_code == 404


def test_the_numbers_are_those_of_the_service_alone(
    priya, ruth, role_of, other_service, make_visit, other_service_school, today, admin_person
):
    clinician(priya, other_service_school, by=admin_person)
    vera = give_role(new_person("Vera", "Elsewhere"), Kind.SERVICE_LEAD, other_service, by=admin_person)
    make_visit()
    make_visit(partnership=other_service_school)
    left = [work_of(role_of(lead), priya, from_on=today, today=today) for lead in (ruth, vera)]
    assert [tuple(map(len, (n.roles, n.visits, n.partnerships))) for n in left] == [(2, 1, 1), (2, 1, 1)]


def test_a_role_that_is_no_leads_to_end_stays(leave, priya, ruth, role_of, service, today, admin_person):
    give_role(priya, Kind.ADMINISTRATOR, service, by=admin_person)
    assert leave().roles == 2
    assert [row.kind for row in RoleRow.objects.usable(priya, today)] == [Kind.ADMINISTRATOR]


def test_nobody_leaves_in_the_past(sending, priya, today):
    yesterday = today - timedelta(days=1)
    boxes = {"from_on_day": yesterday.day, "from_on_month": yesterday.month, "from_on_year": yesterday.year}
    assert problems(sending(**boxes)) == ["The end of the roles must be today or later"]
    assert RoleRow.objects.usable(priya, today).exists()
