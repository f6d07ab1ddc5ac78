"""S7: link staff invite colleagues and plan readers of their own school, and end their roles."""

import pytest

from accounts.models import Invitation, RoleRow
from tests.cost import AT_MOST, cost
from tests.filling import banners, main_text, parsed

PEOPLE = "/schools/990001/people/"
MEL = {"email": "mel@cast.example", "first_name": "Mel", "last_name": "Garside", "job": "Class teacher"}


@pytest.mark.parametrize(
    ("path", "kind"), [("invite-colleague", "link_staff"), ("invite-plan-reader", "plan_reader")]
)
def test_link_staff_invite_to_their_own_school(client, sign_in, sam, quillbrook, path, kind):
    page = sign_in(client, sam).post(f"{PEOPLE}{path}/", MEL, follow=True)
    assert banners(page)[0].startswith("We are sending Mel Garside an e-mail with a link.")
    invitation = Invitation.objects.get()
    assert (invitation.kind, invitation.partnership, invitation.invited_by) == (kind, quillbrook, sam)
    people = main_text(client.get(PEOPLE))
    assert "Open invitations" in people
    assert "mel@cast.example" in people


def test_neither_kind_nor_school_comes_out_of_the_form(client, sign_in, sam, quillbrook, another_school):
    forged = {"kind": "service_lead", "partnership": another_school.pk, "place": another_school.pk}
    sign_in(client, sam).post(f"{PEOPLE}invite-plan-reader/", MEL | forged)
    invitation = Invitation.objects.get()
    assert (invitation.kind, invitation.partnership) == ("plan_reader", quillbrook)


@pytest.mark.parametrize("path", ["invite-colleague", "invite-plan-reader"])
def test_another_school_is_not_found(client, sign_in, sam, another_school, path):
    sign_in(client, sam)
    for urn in (990002, 999999, 9**40):
        assert client.post(f"/schools/{urn}/people/{path}/", MEL).status_code == 404
    assert not Invitation.objects.exists()


def test_the_page_lists_whose_role_one_may_end_and_ending_leads_back(
    client, sign_in, sam, dana, tess, hana, role_of, today
):
    page = sign_in(client, sam).get(PEOPLE)
    table = parsed(page).select("main table")[1]
    assert [row.select_one("th").get_text(" ", strip=True) for row in table.select("tbody tr")] == [
        "Name Dana Kowalczyk",
        "Name Tess Abernathy",
    ]
    url = table.select("a")[1]["href"]
    boxes = {"end_on_day": today.day, "end_on_month": today.month, "end_on_year": today.year}
    answer = client.post(url, boxes | {"reason": "Left the school"})
    assert answer.url == PEOPLE
    assert banners(client.get(PEOPLE))[0].startswith("Tess Abernathy sees nothing from ")
    assert not RoleRow.objects.usable(tess, today).exists()


@pytest.mark.parametrize("who", ["priya", "ruth", "hana"])
def test_nobody_else_is_offered_it(request, client, sign_in, sam, who):
    page = sign_in(client, request.getfixturevalue(who)).get(PEOPLE)
    assert "Invite" not in main_text(page)
    assert "Open invitations" not in main_text(page)


def test_the_page_costs_the_same_for_one_invitation_and_for_three(client, sign_in, sam, tess):
    sign_in(client, sam)

    def one_more(number):
        client.post(f"{PEOPLE}invite-plan-reader/", MEL | {"email": f"mel{number}@cast.example"})

    one_more(0)
    first = cost(client, PEOPLE)
    one_more(1)
    one_more(2)
    assert Invitation.objects.count() == 3
    assert cost(client, PEOPLE) == first
    assert first <= AT_MOST
