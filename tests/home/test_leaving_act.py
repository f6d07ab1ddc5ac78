"""What goes to whom at which school, what stays to be decided, and who is told."""

from datetime import timedelta

import pytest
import vobject
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.mail import message_of
from accounts.models import AuditEvent, Delivery, RoleRow
from accounts.services import end_role
from consultations.models import DiscussionRequest, Draft, Plan
from consultations.services import send_visit_reminders
from home.services import LeavingChanged, hand_over, preview_leaving
from schools.models import CalendarFeed, Capacity, Visit, VisitPattern
from schools.services import calendar_names, call_off_visit, make_feed, set_capacity
from tests.cast import clinician, give_role
from tests.cost import AT_MOST, cost
from tests.filling import banners, main_text, parsed, problems
from tests.places import new_partnership, new_person
from tests.records import saved_pattern

Kind = RoleRow.Kind


@pytest.fixture
def yusuf(service, admin_person):
    """A clinician of the service who is linked to no school yet."""
    return give_role(new_person("Yusuf", "Arden"), Kind.CLINICIAN, service, by=admin_person)


@pytest.fixture
def tansy(priya, another_school, admin_person):
    """Priya's second school, at which Owen works too."""
    give_role(priya, Kind.LINK_CLINICIAN, another_school, by=admin_person)
    return another_school


def clinicians(*visits):
    return [Visit.objects.get(pk=visit.pk).clinician for visit in visits]


def linked(person):
    today = timezone.localdate()
    rows = RoleRow.objects.current(today).filter(person=person, kind=Kind.LINK_CLINICIAN)
    return {row.partnership.school.name for row in rows}


def test_somebody_else_can_go_on_at_one_school(leave, make_visit, tansy, owen, yusuf, quillbrook):
    here, there = make_visit(days=3), make_visit(tansy, days=4)
    leave(to=yusuf, instead={tansy.pk: owen})
    assert clinicians(here, there) == [yusuf, owen]
    assert linked(yusuf) == {"Quillbrook Primary School"}
    assert linked(owen) == {"Tansy Hill Primary School"}


def test_cases_reviews_and_requests_go_with_the_school(
    leave, make_plan, make_request, priya, yusuf, role_of, today
):
    plan, request = make_plan("agreed"), make_request()
    assert not Plan.objects.visible_to(role_of(yusuf)).exists()
    leave(to=yusuf)
    assert Plan.objects.visible_to(role_of(yusuf)).get() == plan
    assert DiscussionRequest.objects.visible_to(role_of(yusuf)).get() == request


def test_a_school_without_a_visit_goes_over_too(leave, priya, yusuf):
    assert leave(to=yusuf).schools == 1
    assert linked(yusuf) == {"Quillbrook Primary School"}


def test_a_visit_in_a_half_day_that_is_taken_stays_to_be_decided(
    leave, make_visit, priya, owen, tansy, today
):
    free, taken = make_visit(days=3), make_visit(days=4)
    theirs = make_visit(tansy, owen, days=4)
    assert (leave().visits, clinicians(free, taken, theirs)) == (1, [owen, priya, owen])
    assert list(Visit.objects.nobody_comes(today)) == [taken]


def test_what_is_left_goes_to_whoever_is_free(leave, make_visit, owen, yusuf, tansy, today):
    taken = make_visit(days=4)
    make_visit(tansy, owen, days=4)
    leave()
    assert leave(to=yusuf).visits == 1
    assert clinicians(taken) == [yusuf]
    assert not Visit.objects.nobody_comes(today).exists()


def test_the_pattern_goes_on_with_the_other_clinician(leave, calendar, quillbrook, priya, owen, today):
    old = saved_pattern(quillbrook, priya, until_on=today + timedelta(weeks=10))
    count, on = Visit.objects.count(), today + timedelta(weeks=3)
    assert leave(from_on=on).splits == 1
    new = VisitPattern.objects.get(clinician=owen)
    old.refresh_from_db()
    assert (old.until_on < new.from_on, new.until_on) == (True, today + timedelta(weeks=10))
    assert Visit.objects.count() == count
    for visit in Visit.objects.all():
        is_after = timezone.localdate(visit.planned_start_at) >= on
        assert (visit.clinician, visit.pattern) == ((owen, new) if is_after else (priya, old))


def test_the_calendar_stops_when_the_access_ends(leave, client, priya, owen, role_of, today):
    feed = make_feed(role_of(priya), by=priya, at=timezone.now())
    url = reverse("schools:calendar-feed", args=[feed.token])
    leave(from_on=today + timedelta(days=2))
    assert client.get(url).status_code == 200
    for row in priya.roles.all():
        end_role(row, end_on=today, by=owen, reason="The day comes")
    assert client.get(url).status_code == 410


def test_on_the_day_itself_the_calendar_is_stopped_by_name(leave, client, priya, ruth, role_of):
    feed = make_feed(role_of(priya), by=priya, at=timezone.now())
    leave()
    feed = CalendarFeed.objects.get(pk=feed.pk)
    assert feed.revoked_at
    assert feed.history.first().history_user == ruth
    assert client.get(reverse("schools:calendar-feed", args=[feed.token])).status_code == 410


def test_the_school_is_told_who_comes_and_what_is_open(
    leave, make_visit, sam, hana, priya, owen, tansy, today
):
    make_visit(days=4)
    make_visit(tansy, owen, days=4)
    leave()
    letters = Delivery.objects.filter(kind="clinician_new").order_by("person__first_name")
    assert [letter.person for letter in letters] == [hana, sam]
    text = message_of(letters[0]).body
    assert "Owen Pritchard is the clinician of Quillbrook Primary School" in text
    assert "Nobody can make 1 of them yet: the service will tell you." in text


def test_who_goes_on_gets_one_e_mail_with_the_visits_of_all_schools(leave, make_visit, tansy, yusuf):
    make_visit(started=True)
    visits = [make_visit(days=3), make_visit(tansy, days=4)]
    leave(to=yusuf)
    letter = Delivery.objects.get(kind="took_over")
    message = message_of(letter)
    assert (letter.person, letter.count) == (yusuf, 2)
    assert "2 visits to come are yours and attached for your calendar." in message.body
    [(name, content, kind)] = message.attachments
    entries = vobject.readOne(content).contents["vevent"]
    names = calendar_names([Visit.objects.get(pk=visit.pk) for visit in visits])
    assert (name, kind) == ("visits.ics", "text/calendar")
    assert [(entry.uid.value, int(entry.sequence.value)) for entry in entries] == [
        (str(names[visit.pk][0]), names[visit.pk][1]) for visit in visits
    ]
    assert [entry.summary.value for entry in entries] == [
        "Visit: Quillbrook Primary School",
        "Visit: Tansy Hill Primary School",
    ]


def test_without_a_visit_to_come_nothing_is_attached(leave, make_visit, yusuf):
    make_visit(started=True)
    leave(to=yusuf)
    message = message_of(Delivery.objects.get(kind="took_over"))
    assert (message.attachments, "No visit to come goes with it." in message.body) == ([], True)


def test_who_leaves_sooner_takes_nothing_over(leave, owen, priya, ruth, today):
    end_role(owen.roles.get(kind=Kind.CLINICIAN), end_on=today + timedelta(days=3), by=ruth, reason="Left")
    with pytest.raises(ValidationError, match="Owen Pritchard leaves before"):
        leave(from_on=today + timedelta(days=3))
    assert leave(from_on=today + timedelta(days=2)).roles == 2


def test_who_leaves_is_not_who_goes_on_at_one_school(leave, priya, quillbrook, noor):
    for nobody in (priya, noor):
        with pytest.raises(ValidationError, match="Select a clinician of this service"):
            leave(instead={quillbrook.pk: nobody})


@pytest.mark.parametrize(
    "change", ["a visit more", "a visit less", "a clash", "another day", "a forged digest"]
)
def test_what_was_not_shown_is_not_done(
    change, role_of, ruth, priya, owen, yusuf, make_visit, another_school, today
):
    visit = make_visit(days=3)
    values = {"to": owen, "from_on": today, "at": timezone.now()}
    seen = preview_leaving(role_of(ruth), priya, **values).seen()
    match change:
        case "a visit more":
            make_visit(days=5)
        case "a visit less":
            said = {"outcome": "clinician_cancelled", "opened_version": visit.version}
            call_off_visit(visit, by=priya, at=timezone.now(), **said)
        case "a clash":
            make_visit(another_school, owen, days=3)
        case "another day":
            values["from_on"] = today + timedelta(days=1)
        case "a forged digest":
            seen = "0" * 64
    with pytest.raises(LeavingChanged):
        hand_over(role_of(ruth), priya, reason="Left", seen=seen, **values)
    assert clinicians(visit) == [priya]
    assert RoleRow.objects.usable(priya, today).exists()
    assert not Delivery.objects.filter(kind__in=["clinician_new", "took_over"]).exists()


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
    said = "1 visit is in the name of somebody who left."
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
    page = sign_in(client, ruth).get("/visits-to-decide/")
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


def test_the_weekly_time_of_who_leaves_ends(leave, service, priya, ruth, today):
    for minutes, days in ((600, -30), (300, 60)):
        on = today + timedelta(days=days)
        set_capacity(service, priya, minutes_a_week=minutes, from_on=on, by=ruth)
    leave(from_on=today + timedelta(days=7))
    rows = Capacity.objects.filter(clinician=priya).order_by("from_on")
    assert [row.minutes_a_week for row in rows] == [600, 0]
    assert rows[0].until_on == today + timedelta(days=6)


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
