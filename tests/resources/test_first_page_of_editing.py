"""What stands on the first page under /cms/, and whose account it is not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import RoleRow
from resources.models import Theme
from resources.services import Proposal, propose_strategy

PROPOSED = "A box to put worries in"
# Noor is a clinician of another service.
EDITING = ["edie", "priya", "noor", "ruth"]


@pytest.fixture
def proposed(empty_library, priya):
    worry = list(Theme.objects.filter(slug="worry"))
    words = {"title": PROPOSED, "summary": "A calm place helps.", "steps": ["Find a box."]}
    proposal = Proposal(**words, themes=worry, key_stages=["KS2"], settings=["child"])
    return propose_strategy(proposal, by=priya)


@pytest.mark.usefixtures("proposed")
@pytest.mark.parametrize("who", EDITING)
def test_only_editors_are_shown_what_is_proposed_and_by_whom(client, request, who):
    client.force_login(request.getfixturevalue(who))
    html = client.get(reverse("wagtailadmin_home")).text
    shown = [words in html for words in ("Proposed by clinicians", PROPOSED, "by Priya Nair on")]
    assert shown == [who == "edie"] * 3


@pytest.mark.parametrize("who", EDITING)
def test_the_editing_pages_change_nobodys_name_or_picture(client, request, who):
    person = request.getfixturevalue(who)
    client.force_login(person)
    picture = SimpleUploadedFile("me.svg", b"<svg/>", content_type="image/svg+xml")
    names = {"name_email-first_name": "Somebody", "name_email-last_name": "Else"}
    typed = names | {"avatar-avatar": picture, "theme-contrast": "system", "theme-density": "default"}
    answers = [client.get("/cms/account/"), client.post("/cms/account/", typed)]
    there = reverse("accounts:choose-role")
    assert [(one.status_code, one.headers.get("Location")) for one in answers] == [(302, there)] * 2
    name = person.get_full_name()
    person.refresh_from_db()
    assert person.get_full_name() == name
    assert not hasattr(person, "wagtail_userprofile") or not person.wagtail_userprofile.avatar


def test_who_may_not_edit_finds_no_account_there(client, make_reader):
    client.force_login(make_reader(RoleRow.Kind.LINK_STAFF))
    assert [client.get("/cms/account/").status_code, client.post("/cms/account/").status_code] == [404, 404]
