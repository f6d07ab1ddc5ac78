"""L8: users of the service; ending a role, confirming one, closing an account."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, RoleRow, User
from accounts.services import give_role, invite
from tests.cast import give_role as set_up_role
from tests.cast import school_staff
from tests.cost import AT_MOST, cost
from tests.filling import banners, main_text, parsed, problems
from tests.places import new_person

Kind = RoleRow.Kind
USERS = "/users/"
HUGE = "9" * 40


def listed(page):
    """The names in the table of accounts."""
    table = parsed(page).select("main table")[-1]
    return [row.select_one("td a").get_text(strip=True) for row in table.select("tbody tr")]


def user_url(person):
    return reverse("accounts:user", args=[person.pk])


def boxes(day):
    return {"end_on_day": str(day.day), "end_on_month": str(day.month), "end_on_year": str(day.year)}


@pytest.fixture
def waiting(ada, service, role_of, today):
    """Mel's role as clinician, given by Ada and not confirmed yet."""
    mel = new_person("Mel", "Garside")
    return give_role(role_of(ada), mel, Kind.CLINICIAN, service, start_on=today, at=timezone.now())


def test_the_list_holds_everybody_of_the_service_and_nobody_else(client, sign_in, cast):
    page = sign_in(client, cast.ada).get(USERS)
    here = [p for p in cast.people if p != cast.noor]
    assert listed(page) == [str(p) for p in sorted(here, key=lambda p: -p.pk)]
    text = main_text(page)
    assert "Link staff, Quillbrook Primary School, since" in text
    assert "Noor" not in text


@pytest.mark.parametrize(
    ("typed", "found"),
    [("sam", ["Sam Whitlock"]), ("WHIT sam", ["Sam Whitlock"]), ("dana@cast", ["Dana Kowalczyk"])]
    + [("noor", []), ("\0sam", ["Sam Whitlock"]), ("x" * 100, []), ("%", []), ("'; --", [])],
)
def test_search_by_name_or_address(client, sign_in, cast, typed, found):
    page = sign_in(client, cast.ruth).get(USERS, {"q": typed})
    assert main_text(page).endswith("No account matches.") is (found == [])
    assert (listed(page) if found else []) == found


def test_twenty_five_on_a_page(client, sign_in, ruth, quillbrook, admin_person):
    for number in range(26):
        set_up_role(new_person(f"Reader{number}", "X"), Kind.PLAN_READER, quillbrook, by=admin_person)
    page = sign_in(client, ruth).get(USERS)
    assert len(listed(page)) == 25
    older = client.get(USERS + parsed(page).select_one("a[rel=next]")["href"])
    assert listed(older) == ["Reader0 X", "Ruth Calloway"]


@pytest.mark.parametrize("after", ["0", "-1", HUGE, "x", "\0"])
def test_an_edge_that_is_none_shows_a_page(client, sign_in, ruth, after):
    assert sign_in(client, ruth).get(USERS, {"before": after}).status_code == 200


def test_the_list_costs_the_same_for_one_and_for_three(
    client, sign_in, ruth, role_of, quillbrook, admin_person, waiting, ada, service, today
):
    sign_in(client, ruth)

    def one_more(number):
        person = new_person(f"Reader{number}", "X")
        school_staff(person, Kind.SAFEGUARDING_LEAD, quillbrook, "DSL", by=admin_person)
        set_up_role(person, Kind.PLAN_READER, quillbrook, by=admin_person)
        give_role(role_of(ada), person, Kind.CLINICIAN, service, start_on=today, at=timezone.now())
        names = {"email": f"x{number}@cast.example", "first_name": "X", "last_name": "Y"}
        invite(role_of(ruth), kind=Kind.LINK_STAFF, place=quillbrook, at=timezone.now(), **names)

    one_more(0)
    first = cost(client, USERS)
    one_more(1)
    one_more(2)
    assert cost(client, USERS) == first
    assert first <= AT_MOST


def test_a_user_page_costs_the_same_for_one_role_and_for_three(
    client, sign_in, ruth, quillbrook, another_school, admin_person
):
    people = [new_person(f"Reader{number}", "X") for number in (1, 3)]
    for person in people:
        set_up_role(person, Kind.SAFEGUARDING_LEAD, quillbrook.school, by=admin_person)
    for partnership in (quillbrook, another_school):
        set_up_role(people[1], Kind.PLAN_READER, partnership, by=admin_person)
    sign_in(client, ruth)
    first, second = (cost(client, user_url(person)) for person in people)
    assert first == second
    assert first <= AT_MOST


def test_the_lead_confirms_from_the_list_and_the_second_press_is_told(client, sign_in, ruth, waiting, today):
    sign_in(client, ruth)
    assert "Mel Garside Role Clinician" in main_text(client.get(USERS))
    url = reverse("accounts:role-confirm", args=[waiting.pk])
    page = client.get(client.post(url).url)
    assert banners(page) == ["Confirmed: Mel Garside, Clinician, Willowmere CAMHS in Schools."]
    for name in ("role-confirm", "role-decline"):
        again = client.post(reverse(f"accounts:{name}", args=[waiting.pk]))
        assert banners(client.get(again.url)) == ["Somebody confirmed this role before you."]
    assert RoleRow.objects.current(today).filter(pk=waiting.pk).exists()


def test_the_lead_declines(client, sign_in, ruth, waiting):
    sign_in(client, ruth)
    page = client.get(client.post(reverse("accounts:role-decline", args=[waiting.pk])).url)
    assert banners(page) == ["Declined: Mel Garside, Clinician, Willowmere CAMHS in Schools."]
    assert "Roles that wait" not in main_text(page)


def test_an_administrator_sees_what_waits_and_cannot_confirm_it(client, sign_in, ada, waiting):
    page = sign_in(client, ada).get(USERS)
    assert "The service lead answers" in main_text(page)
    assert client.post(reverse("accounts:role-confirm", args=[waiting.pk])).status_code == 403


def test_whose_role_waits_sees_nothing(client, sign_in, waiting):
    client.force_login(waiting.person)
    assert client.get("/today/").url == "/role/"
    assert "You have no role yet" in main_text(client.get("/role/"))


def test_a_role_ends_from_a_day_that_bites_at_once(client, sign_in, ruth, sam, role_of, today):
    url = reverse("accounts:role-end", args=[role_of(sam).pk])
    answer = sign_in(client, ruth).post(url, boxes(today) | {"reason": "Left the school"})
    said = banners(client.get(answer.url))
    assert said[0].startswith("Sam Whitlock sees nothing from ")
    assert sign_in(client, sam).get("/plans/").url == "/role/"


def test_a_role_does_not_end_in_the_past(client, sign_in, ruth, sam, role_of, today):
    url = reverse("accounts:role-end", args=[role_of(sam).pk])
    page = sign_in(client, ruth).post(url, boxes(today - timedelta(days=1)) | {"reason": "x"})
    assert problems(page) == ["The end of the role must be today or later."]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, ["Enter the end of the role", "Enter why the role ends"]),
        ({"end_on_day": "31", "end_on_month": "2", "end_on_year": "2026", "reason": "x" * 5000}, None),
        ({"end_on_day": HUGE, "end_on_month": "\0", "end_on_year": "-1", "reason": "\0"}, None),
    ],
)
def test_an_end_that_cannot_be_is_asked_again(client, sign_in, ruth, sam, role_of, sent, said):
    page = sign_in(client, ruth).post(reverse("accounts:role-end", args=[role_of(sam).pk]), sent)
    assert page.status_code == 200
    assert len(problems(page)) == 2
    assert said is None or problems(page) == said


def test_ones_own_role_and_account_are_left_to_others(client, sign_in, ada, ruth, role_of):
    sign_in(client, ada)
    assert client.get(reverse("accounts:role-end", args=[role_of(ada).pk])).status_code == 403
    assert client.get(reverse("accounts:user-close", args=[ada.pk])).status_code == 403
    assert "You cannot change your own roles" in main_text(client.get(user_url(ada)))


@pytest.mark.parametrize("name", ["user", "user-close", "user-open", "role-end", "role-confirm"])
def test_what_belongs_to_another_service_and_what_nobody_has_is_not_found(
    client, sign_in, ruth, noor, role_of, name
):
    sign_in(client, ruth)
    keys = [noor.pk if name.startswith("user") else role_of(noor).pk, 0, int(HUGE), 2**63]
    for key in keys:
        url = reverse(f"accounts:{name}", args=[key])
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(client, sign_in, ruth, sam):
    theirs = sign_in(type(client)(), sam)
    assert theirs.get("/plans/").status_code == 200
    sign_in(client, ruth)
    assert "Close the account of Sam Whitlock?" in main_text(client.get(f"{user_url(sam)}close/"))
    page = client.get(client.post(f"{user_url(sam)}close/").url)
    assert banners(page) == ["The account of Sam Whitlock is closed."]
    assert theirs.get("/plans/").url == "/account/login/?next=/plans/"
    assert banners(client.get(client.post(f"{user_url(sam)}open/").url)) == [
        "The account of Sam Whitlock is open again."
    ]
    assert User.objects.get(pk=sam.pk).is_active


def test_an_administrator_is_told_who_opens_an_account_that_sees_cases(client, sign_in, ada, sam):
    sign_in(client, ada).post(f"{user_url(sam)}close/")
    page = client.get(user_url(sam))
    assert "Only the service lead can open it again." in main_text(page)
    assert parsed(page).select("main form") == []
    assert client.post(f"{user_url(sam)}open/").status_code == 403
    assert not User.objects.get(pk=sam.pk).is_active


def test_nobody_of_a_school_ends_more_than_colleagues_and_readers(client, sign_in, cast, role_of):
    sign_in(client, cast.sam)
    codes = {
        whose.first_name: client.get(reverse("accounts:role-end", args=[role_of(whose).pk])).status_code
        for whose in (cast.dana, cast.tess, cast.sam, cast.hana, cast.femi, cast.priya, cast.ruth)
    }
    not_theirs = {"Hana": 404, "Femi": 404, "Priya": 404, "Ruth": 404}
    assert codes == {"Dana": 200, "Tess": 200, "Sam": 403} | not_theirs


def test_change_role_is_shown_to_those_with_several(client, sign_in, sam, quillbrook, admin_person):
    assert "Change role" not in sign_in(client, sam).get("/plans/").text
    set_up_role(sam, Kind.BUDGET_HOLDER, quillbrook, by=admin_person)
    assert "Change role" in sign_in(client, sam, Kind.LINK_STAFF).get("/plans/").text


def test_the_lead_who_sends_an_administrators_invitation_again_confirms_it(
    client, sign_in, ada, ruth, role_of, service
):
    names = {"email": "mel@cast.example", "first_name": "Mel", "last_name": "Garside"}
    for by, kind in ((ada, Kind.CLINICIAN), (ada, Kind.EDITOR), (ruth, Kind.SERVICE_LEAD)):
        invite(role_of(by), kind=kind, place=service, at=timezone.now(), **names)
    last = Invitation.objects.get(kind=Kind.CLINICIAN)

    def buttons(person):
        forms = parsed(sign_in(client, person).get(USERS)).select("form[action$='/again/']")
        return [form.get_text(" ", strip=True) for form in forms]

    assert buttons(ada) == ["Send again to Mel Garside"] * 3
    plain, confirms = "Send again to Mel Garside", "Confirm and send again to Mel Garside"
    assert buttons(ruth) == [plain, plain, confirms]
    client.post(reverse("accounts:invitation-again", args=[last.pk]))
    last.refresh_from_db()
    assert last.acting == role_of(ruth)
    assert buttons(ruth) == [plain, plain, plain]
