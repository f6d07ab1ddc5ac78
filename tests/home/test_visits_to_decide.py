"""Visits in the name of somebody who left: who is shown them, and until when."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import RoleRow
from accounts.services import end_role
from consultations.models import Draft
from consultations.services import send_visit_reminders
from schools.models import Visit
from schools.services import move_visit
from tests.cost import AT_MOST, cost
from tests.filling import banners, main_text, parsed
from tests.leaving import clinicians

Kind = RoleRow.Kind


def test_what_is_left_goes_to_whoever_is_free(leave, make_visit, owen, yusuf, tansy, today):
    taken = make_visit(days=4)
    make_visit(tansy, owen, days=4)
    leave()
    assert leave(to=yusuf).visits == 1
    assert clinicians(taken) == [yusuf]
    assert not Visit.objects.nobody_comes(today).exists()


def test_after_the_act_the_lead_sees_what_to_decide(sending, client, make_visit, tansy, owen, priya):
    taken = make_visit(days=4)
    make_visit(tansy, owen, days=4)
    page = client.get(sending().url)
    assert banners(page) == [
        "Handed to Owen Pritchard: 3 roles, 0 drafts, 0 visits, 0 visit patterns. To decide: 1 visit."
    ]
    links = [link["href"] for link in parsed(page).select("tbody a")]
    assert links == [taken.get_absolute_url(), f"/users/{priya.pk}/leaving/"]


def test_the_first_page_of_the_lead_counts_them_until_they_are_decided(
    client, sign_in, leave, make_visit, tansy, owen, yusuf, ruth
):
    make_visit(days=4)
    make_visit(tansy, owen, days=4)
    leave()
    said = "In the name of somebody who left: 1 visit. Visits to decide"
    assert said in main_text(sign_in(client, ruth).get("/schools/"))
    leave(to=yusuf)
    assert said not in main_text(client.get("/schools/"))


def test_drafts_that_are_left_behind_stand_on_the_list(
    client, sign_in, half_written, make_visit, priya, ruth, today
):
    half_written(make_visit(started=True))
    assert not Draft.objects.left_behind(role_service(ruth), today).exists()
    for row in priya.roles.all():
        end_role(row, end_on=today, by=ruth, reason="Left")
    assert "In the name of somebody who left: 1 visit, 1 draft." in main_text(
        sign_in(client, ruth).get("/schools/")
    )
    page = client.get("/visits-to-decide/")
    assert "Priya Nair: 1 draft" in main_text(page)
    assert "canary" not in page.text


def role_service(person):
    return person.roles.get().service


def test_a_closed_account_makes_no_visit(make_visit, priya, today):
    visit = make_visit(days=4)
    assert not Visit.objects.nobody_comes(today).exists()
    priya.is_active = False
    priya.save()
    assert list(Visit.objects.nobody_comes(today)) == [visit]


def test_a_visit_after_the_last_day_is_nobodys(make_visit, priya, ruth, today):
    before, after = make_visit(days=3), make_visit(days=4)
    end_role(priya.roles.get(kind=Kind.CLINICIAN), end_on=today + timedelta(days=4), by=ruth, reason="Left")
    assert list(Visit.objects.nobody_comes(today)) == [after]
    assert list(Visit.objects.nobody_comes(today + timedelta(days=5))) == [before, after]


def test_nobody_is_asked_about_a_visit_that_nobody_makes(leave, make_visit, sam, tansy, owen, yusuf):
    make_visit(days=1)
    make_visit(tansy, owen, days=1)
    leave()
    assert send_visit_reminders(at=timezone.now()) == 0
    leave(to=yusuf)
    assert send_visit_reminders(at=timezone.now()) == 1


def test_the_list_costs_the_same_for_one_visit_and_for_three(
    client, sign_in, make_visit, half_written, priya, ruth, today
):
    visit = make_visit(started=True)
    half_written(visit)
    for row in priya.roles.all():
        end_role(row, end_on=today, by=ruth, reason="Left")
    first = cost(sign_in(client, ruth), "/visits-to-decide/")
    for days in (3, 4):
        half_written(make_visit(days=days))
    assert cost(client, "/visits-to-decide/") == first
    assert first <= AT_MOST


def test_the_school_reads_that_nobody_makes_it_yet(client, sign_in, leave, make_visit, sam, tansy, owen):
    make_visit(days=4)
    make_visit(tansy, owen, days=4)
    leave()
    sign_in(client, sam)
    for url in ("/needs-doing/", f"/schools/{sam.roles.get().partnership.school.urn}/visits/"):
        text = main_text(client.get(url))
        assert (url, "9am to midday, no clinician yet" in text) == (url, True)
        assert "Priya Nair" not in text


def test_a_visit_that_was_moved_to_a_free_time_still_waits_and_can_be_handed_over(
    leave, make_visit, tansy, owen, ruth, today
):
    visit = make_visit(days=4)
    make_visit(tansy, owen, days=4)
    leave()
    visit.refresh_from_db()
    week = timedelta(days=7)
    times = {"planned_start_at": visit.planned_start_at + week, "planned_end_at": visit.planned_end_at + week}
    moved = move_visit(visit, **times, by=ruth, at=timezone.now(), opened_version=visit.version)
    assert list(Visit.objects.nobody_comes(today)) == [moved]
    leave()
    assert clinicians(moved) == [owen]
