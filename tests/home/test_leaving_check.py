"""The page that asks before a handover: who goes on where, each clash, and what changed meanwhile."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, RoleRow
from tests.cast import clinician, give_role
from tests.filling import main_text, problems
from tests.leaving import clinicians
from tests.places import new_partnership, new_person
from tests.records import saved_pattern

Kind = RoleRow.Kind


def test_of_two_leads_the_second_is_shown_what_is_left(
    client, sign_in, filled, confirming, service, admin_person, ruth, priya, make_visit
):
    vera = give_role(new_person("Vera", "Elsewhere"), Kind.SERVICE_LEAD, service, by=admin_person)
    make_visit(days=3)
    page = filled()
    sign_in(client, vera)
    assert confirming(page).status_code == 302
    sign_in(client, ruth)
    late = confirming(page)
    assert "Nothing was done, because this is not what you were shown" in main_text(late)
    assert AuditEvent.objects.filter(kind="handed_over").count() == 1


def test_the_page_says_what_changed_meanwhile(filled, confirming, make_visit, priya):
    visit = make_visit(days=3)
    page = filled()
    make_visit(days=5)
    late = confirming(page)
    assert "visits: 1 before, 2 now" in main_text(late)
    assert clinicians(visit) == [priya]
    assert confirming(late).status_code == 302


def test_the_page_shows_who_goes_on_where_and_each_clash(
    filled, make_visit, make_request, tansy, owen, yusuf, today
):
    make_visit(days=4)
    make_visit(tansy, owen, days=4)
    make_request()
    page = filled(**{f"instead_{tansy.pk}": yusuf.pk})
    text = main_text(page)
    assert "Who goes on Owen Pritchard, linked to the school from today Visits 0 Cases 0 Requests 1" in text
    assert "Who goes on Yusuf Arden, linked to the school from today Visits 0 Cases 0 Requests 0" in text
    assert "Visits to decide: 1" in text
    assert "9am to midday: Owen Pritchard is at Tansy Hill Primary School" in text


def test_where_another_service_has_them_is_not_told(
    filled, make_visit, owen, other_service_school, admin_person
):
    clinician(owen, other_service_school, by=admin_person)
    make_visit(days=4)
    make_visit(other_service_school, owen, days=4)
    page = filled()
    assert "Owen Pritchard has another visit in that half day" in main_text(page)
    assert "Merriscombe" not in page.text


def test_a_forged_successor_at_one_school_is_asked_again(filled, tansy, noor, priya):
    for value in (noor.pk, priya.pk, "x\0", "9" * 40):
        page = filled(**{f"instead_{tansy.pk}": value})
        assert problems(page) == ["Select a clinician of this service"]


def test_the_preview_costs_the_same_for_one_visit_and_for_more(
    filled, make_visit, priya, owen, calendar, service, admin_person, quillbrook
):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert filled().status_code == 200
        return len(captured)

    make_visit(days=4)
    make_visit(quillbrook, owen, days=4)
    saved_pattern(quillbrook, priya)
    asked()
    first = asked()
    for number in range(2):
        place = new_partnership(service, 990010 + number, f"School {number}", by=admin_person)
        give_role(priya, Kind.LINK_CLINICIAN, place, by=admin_person)
        make_visit(place, days=5 + number)
        saved_pattern(place, priya, weekday=number)
    assert asked() == first
