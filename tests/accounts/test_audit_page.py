"""L9: what was done to accounts and roles, for those who keep them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent, Delivery, RoleRow
from accounts.services import end_role, log_event, queue_email, save_tracked
from tests.cast import give_role
from tests.cost import AT_MOST, cost
from tests.filling import main_text, parsed
from tests.places import new_person

AUDIT = "/audit/"
Kind = AuditEvent.Kind


def details(page):
    return [row.select("td")[3].get_text(" ", strip=True).removeprefix("Detail ") for row in rows(page)]


def rows(page):
    return parsed(page).select("main tbody tr")


@pytest.fixture
def events(sam, noor, service, other_service, ruth):
    """One of each sort, the newest last."""
    at = timezone.now()
    log_event(Kind.ROLE, at=at, person=ruth, service=service, detail="at the service", address="192.0.2.7")
    log_event(Kind.SIGNED_IN, at=at, person=sam, detail="somebody of the service")
    log_event(Kind.SIGN_IN_REFUSED, at=at, detail="nobody known")
    log_event(Kind.SIGNED_IN, at=at, person=noor, detail="somebody elsewhere")
    log_event(Kind.ROLE, at=at, person=noor, service=other_service, detail="at another service")


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("ada", ["nobody known", "somebody of the service", "at the service"]),
        ("ruth", ["somebody of the service", "at the service"]),
    ],
)
def test_each_sees_what_is_of_their_service(request, client, sign_in, events, who, seen):
    assert details(sign_in(client, request.getfixturevalue(who)).get(AUDIT)) == seen


def test_a_row_says_who_what_when_and_from_where(client, sign_in, ruth, events):
    text = main_text(sign_in(client, ruth).get(AUDIT))
    assert "Who Ruth Calloway What Role changed Detail at the service From where 192.0.2.7" in text


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"kind": "role"}, ["at the service"]),
        ({"person": "whitlock"}, ["somebody of the service"]),
        ({"person": "AT THE"}, ["at the service"]),
        ({"kind": "role", "person": "sam"}, []),
        ({"person": "noor"}, []),
    ],
)
def test_it_is_narrowed_by_kind_and_person(client, sign_in, ruth, events, query, seen):
    assert details(sign_in(client, ruth).get(AUDIT, query)) == seen


@pytest.mark.parametrize("query", [{"kind": "\0"}, {"person": "\0" * 9}, {"person": "x" * 101}])
@pytest.mark.parametrize("before", ["", "9" * 40, "0001-01-01T00:00:00+00:00_1", "\0"])
def test_a_query_that_makes_no_sense_still_gives_a_page(client, sign_in, ruth, events, query, before):
    assert sign_in(client, ruth).get(AUDIT, query | {"before": before}).status_code == 200


def test_twenty_five_on_a_page_at_the_same_cost(client, sign_in, ruth, service, today):
    sign_in(client, ruth)

    def some(number):
        for _ in range(number):
            at = timezone.now() - timedelta(minutes=AuditEvent.objects.count())
            log_event(Kind.ROLE, at=at, person=ruth, service=service, detail=f"{AuditEvent.objects.count()}")

    some(1)
    first = cost(client, AUDIT)
    some(2)
    assert cost(client, AUDIT) == first
    assert first <= AT_MOST
    some(25)
    page = client.get(AUDIT)
    assert details(page) == [str(number) for number in range(25)]
    older = client.get(AUDIT + parsed(page).select_one("a[rel=next]")["href"])
    assert details(older) == ["25", "26", "27"]


@pytest.fixture
def moved(sam, ruth, role_of, other_service_school, today):
    """Sam went to a school of the other service three days ago. Returns times by days ago."""
    end = today - timedelta(days=3)
    end_role(role_of(sam), end_on=end, by=ruth, reason="Moved")
    give_role(sam, RoleRow.Kind.LINK_STAFF, other_service_school, by=ruth)
    row = sam.roles.latest("pk")
    row.start_on = end
    save_tracked(row, by=ruth, reason="Begins then")
    return {days: timezone.now() - timedelta(days=days) for days in (0, 2, 3, 4, 1000)}


def test_who_moved_away_is_seen_while_they_were_here_and_no_longer(
    client, sign_in, role_of, ruth, sam, moved, other_service, admin_person
):
    for days, at in moved.items():
        log_event(Kind.SIGNED_IN, at=at, person=sam, detail=f"{days} days ago", address="192.0.2.7")
        queue_email(Delivery.Kind.NEW_DEVICE, at=at, person=sam, happened_at=at)
    vera = give_role(
        new_person("Vera", "Elsewhere"), RoleRow.Kind.SERVICE_LEAD, other_service, by=admin_person
    )
    for lead, days in ((ruth, [4]), (vera, [0, 2, 3])):
        assert details(sign_in(client, lead).get(AUDIT)) == [f"{number} days ago" for number in days]
        letters = Delivery.objects.visible_to(role_of(lead)).for_list()
        assert [letter.queued_at for letter in letters] == [moved[number] for number in days]


def test_when_somebody_last_signed_in_is_for_where_they_work(client, sign_in, ruth, sam, moved):
    sam.last_login = moved[0]
    sam.save()
    sign_in(client, ruth)
    assert "Sam Whitlock E-mail address sam@cast.example Roles No role now Last signed in –" in main_text(
        client.get("/users/")
    )
    assert "Last signed in – Account" in main_text(client.get(f"/users/{sam.pk}/"))
