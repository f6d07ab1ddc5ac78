"""Where it is said who approves orders: the forms of a role, the page of an account, an invitation."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Delivery, Invitation, RoleRow
from accounts.services import end_role, invite
from tests.cast import give_role, school_staff
from tests.cost import AT_MOST, cost
from tests.filling import as_sent, banners, main_text, parsed
from tests.places import new_person

Kind = RoleRow.Kind
INVITE = "/users/invite/"
HOLDER = "Budget holder, Quillbrook Primary School"
APPROVER = "Budget holder, approves orders, Quillbrook Primary School"
VERA = {"email": "vera@cast.example", "first_name": "Vera", "last_name": "Elsewhere"}


@pytest.fixture
def mel(ruth, service):
    return give_role(new_person("Mel", "Garside"), Kind.COMMISSIONER, service, by=ruth)


@pytest.fixture
def at_quillbrook(quillbrook):
    """What is typed for a role there, the box ticked."""

    def values(kind, **changes):
        ticked = {"kind": str(kind), "partnership": str(quillbrook.pk), "job": "Head", "is_approver": "on"}
        return ticked | changes

    return values


def user_url(person):
    return reverse("accounts:user", args=[person.pk])


def buttons(page):
    """The buttons and links in the table of roles, by what they say, with where they go."""
    found = parsed(page).select("main table form, main table a")
    return {control.get_text(strip=True): control.get("action") or control["href"] for control in found}


@pytest.mark.parametrize("who", ["ada", "ruth"])
def test_the_box_stands_under_budget_holder_with_its_hint(request, client, sign_in, mel, quillbrook, who):
    sign_in(client, request.getfixturevalue(who))
    for url in (f"/users/{mel.pk}/give/", INVITE):
        page = parsed(client.get(url))
        box = page.select_one("input[type=checkbox][name=is_approver]")
        under = box.find_parent(class_="nhsuk-radios__conditional")
        choice = page.select_one(f"input[name=kind][aria-controls={under['id']}]")
        choice = choice or page.select_one(f"input[name=kind][data-aria-controls={under['id']}]")
        assert choice["value"] == "budget_holder"
        said = " ".join(under.get_text(" ", strip=True).split())
        hint = "Orders over the approval limit wait for somebody who approves."
        assert (said, box.has_attr("checked")) in (
            (f"Approves orders {hint}", False),
            (f"{hint} Approves orders", False),
        )


@pytest.mark.parametrize(("tick", "row_says"), [({}, APPROVER), ({"is_approver": ""}, HOLDER)])
def test_the_role_is_given_as_ticked(client, sign_in, ruth, mel, at_quillbrook, tick, row_says):
    url = f"/users/{mel.pk}/give/"
    page = sign_in(client, ruth).get(url)
    answer = client.post(url, as_sent(page) | at_quillbrook(Kind.BUDGET_HOLDER, **tick))
    page = client.get(answer.url)
    assert banners(page) == [f"Mel Garside: {row_says}."]
    assert f"Role {row_says} Since" in main_text(page)


@pytest.mark.parametrize("kind", [Kind.LINK_STAFF, Kind.PLAN_READER, Kind.SAFEGUARDING_LEAD, Kind.EDITOR])
def test_the_box_under_another_choice_is_not_heeded(client, sign_in, ruth, mel, at_quillbrook, kind):
    url = f"/users/{mel.pk}/give/"
    page = sign_in(client, ruth).get(url)
    assert client.post(url, as_sent(page) | at_quillbrook(kind)).url == user_url(mel)
    assert client.post(INVITE, VERA | at_quillbrook(kind)).url == "/users/"
    assert not mel.roles.get(kind=kind).is_approver
    assert not Invitation.objects.get().is_approver


def test_what_was_ticked_stays_when_something_is_asked_again(client, sign_in, ruth, at_quillbrook):
    sign_in(client, ruth)
    page = client.post(INVITE, VERA | at_quillbrook(Kind.BUDGET_HOLDER, job=""))
    assert parsed(page).select_one("input[name=is_approver]").has_attr("checked")


@pytest.mark.parametrize("typed", ["x" * 100_000, "<b>", "-1", "True"])
def test_anything_that_is_sent_for_the_box_ticks_it(client, sign_in, ruth, at_quillbrook, typed):
    sign_in(client, ruth).post(INVITE, VERA | at_quillbrook(Kind.BUDGET_HOLDER, is_approver=typed))
    assert Invitation.objects.get().is_approver


@pytest.mark.parametrize(("tick", "role"), [({}, APPROVER), ({"is_approver": ""}, HOLDER)])
def test_an_invitation_says_it_to_both_sides(client, sign_in, ruth, role_of, at_quillbrook, tick, role):
    sign_in(client, ruth)
    page = client.get(client.post(INVITE, VERA | at_quillbrook(Kind.BUDGET_HOLDER, **tick)).url)
    assert f"vera@cast.example Role {role} Invited by" in main_text(page)
    theirs = type(client)()
    page = main_text(theirs.get(Delivery.objects.get().link, follow=True))
    assert "as budget holder at Quillbrook Primary School." in page
    assert ("You approve orders." in page) is (role == APPROVER)


@pytest.mark.parametrize("who", ["ada", "ruth"])
def test_the_mark_is_changed_on_the_page_of_the_account(request, client, sign_in, bo, role_of, who):
    sign_in(client, request.getfixturevalue(who))
    pk = role_of(bo).pk
    make = buttons(client.get(user_url(bo)))[f"Make an approver: {HOLDER}"]
    answer = client.post(make)
    assert (make, answer.url) == (f"/roles/{pk}/approves/", user_url(bo))
    page = client.get(answer.url)
    assert banners(page) == [f"Bo Lindqvist approves orders: {APPROVER}."]
    end = buttons(page)[f"No longer an approver: {APPROVER}"]
    assert end == f"/roles/{pk}/approves-no-more/"
    page = client.get(client.post(end).url)
    assert banners(page) == [f"Bo Lindqvist no longer approves orders: {HOLDER}."]
    assert "Bo Lindqvist: made an approver" in main_text(client.get("/audit/"))


def test_pressed_twice_it_is_said_again_and_done_once(client, sign_in, ruth, bo, role_of):
    sign_in(client, ruth)
    url = reverse("accounts:role-approves", args=[role_of(bo).pk])
    said = [banners(client.get(client.post(url).url)) for _ in range(2)]
    assert said[0] == said[1] == [f"Bo Lindqvist approves orders: {APPROVER}."]
    assert AuditEvent.objects.filter(kind="role").count() == 1


def test_no_button_for_another_role_for_oneself_or_when_it_is_over(
    client, sign_in, ruth, sam, bo, role_of, quillbrook, admin_person, today
):
    give_role(ruth, Kind.BUDGET_HOLDER, quillbrook, by=admin_person)
    row = role_of(bo)
    end_role(row, end_on=today, by=admin_person, reason="Left")
    sign_in(client, ruth, Kind.SERVICE_LEAD)
    for person in (ruth, sam, bo):
        assert [text for text in buttons(client.get(user_url(person))) if "approver" in text] == []
    refused = [role_of(ruth, Kind.BUDGET_HOLDER), role_of(sam)]
    for name in ("role-approves", "role-approves-no-more"):
        codes = [client.post(reverse(f"accounts:{name}", args=[one.pk])).status_code for one in refused]
        assert codes == [403, 403]
        page = client.get(client.post(reverse(f"accounts:{name}", args=[row.pk])).url)
        assert banners(page) == ["This role is over already."]
    assert not RoleRow.objects.filter(is_approver=True).exists()


@pytest.mark.parametrize("name", ["role-approves", "role-approves-no-more"])
def test_what_is_no_role_of_the_service_is_not_found(
    client, sign_in, ruth, other_service_school, admin_person, name
):
    vera = new_person("Vera", "Elsewhere")
    school_staff(vera, Kind.BUDGET_HOLDER, other_service_school, "Head", by=admin_person)
    sign_in(client, ruth)
    for key in (vera.roles.get().pk, 0, 2**63, int("9" * 40)):
        assert client.post(reverse(f"accounts:{name}", args=[key])).status_code == 404
    assert not vera.roles.get().is_approver


@pytest.mark.parametrize("who", ["hana", "bo", "sam", "priya", "kit", "edie", "femi"])
def test_nobody_else_makes_an_approver(request, client, sign_in, bo, role_of, who):
    url = reverse("accounts:role-approves", args=[role_of(bo).pk])
    assert sign_in(client, request.getfixturevalue(who)).post(url).status_code == 404
    assert not bo.roles.get().is_approver


def test_an_account_costs_the_same_for_one_approving_role_and_for_three(
    client, sign_in, ruth, quillbrook, another_school, admin_person
):
    one, two = new_person("Mel", "Garside"), new_person("Vera", "Elsewhere")
    for person, places in ((one, [quillbrook]), (two, [quillbrook, another_school, quillbrook])):
        for place in places:
            give_role(person, Kind.BUDGET_HOLDER, place, by=admin_person, is_approver=True)
    sign_in(client, ruth)
    first, second = (cost(client, user_url(person)) for person in (one, two))
    assert first == second
    assert first <= AT_MOST


def test_the_link_of_an_approver_opens_with_the_mark(client, ruth, role_of, quillbrook):
    offer = {"kind": Kind.BUDGET_HOLDER, "place": quillbrook, "is_approver": True}
    _, token = invite(role_of(ruth), at=timezone.now(), **VERA, **offer)
    client.get(reverse("home:invitation-link", args=[token]))
    password = {"password1": "three unusual words", "password2": "three unusual words"}
    client.post("/invitation/", as_sent(client.get("/invitation/")) | password)
    assert str(RoleRow.objects.get(person__email="vera@cast.example")) == APPROVER
