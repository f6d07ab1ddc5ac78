"""Giving a role and inviting somebody: what is offered, and what a forged form gets."""

import re
from uuid import uuid4

import pytest
from django.conf import settings

from accounts.models import Delivery, Invitation, RoleRow
from home.user_forms import GiveRoleForm, InviteUserForm, LeavingForm
from schools.models import SchoolPerson
from tests.cast import give_role
from tests.filling import as_sent, banners, main_text, parsed, problems
from tests.places import new_person
from web.testing import fields_not_rendered

Kind = RoleRow.Kind
INVITE = "/users/invite/"
HUGE = "9" * 40


@pytest.fixture
def mel(ruth, service):
    """Somebody with an account and a role at the service."""
    return give_role(new_person("Mel", "Garside"), Kind.COMMISSIONER, service, by=ruth)


@pytest.fixture
def giving(client, sign_in, mel):
    """Send the form that gives Mel a role."""

    def send(who, **changes):
        url = f"/users/{mel.pk}/give/"
        page = sign_in(client, who).get(url)
        return client.post(url, as_sent(page) | changes)

    return send


@pytest.fixture
def inviting(client, sign_in):
    def send(who, **changes):
        sign_in(client, who)
        values = {"email": "vera@cast.example", "first_name": "Vera", "last_name": "Elsewhere"}
        return client.post(INVITE, values | {"kind": "clinician"} | changes)

    return send


def offered(page):
    return [control["value"] for control in parsed(page).select("input[name=kind]")]


def test_each_is_offered_what_they_may_give(client, sign_in, ada, ruth, mel):
    found = {
        who.first_name: [offered(sign_in(client, who).get(url)) for url in (f"/users/{mel.pk}/give/", INVITE)]
        for who in (ada, ruth)
    }
    kinds = [str(kind) for kind in Kind]
    no_link = [kind for kind in kinds if kind != "link_clinician"]
    less = [kind for kind in kinds if kind != "administrator"]
    both = [kind for kind in no_link if kind != "administrator"]
    assert found == {"Ada": [kinds, no_link], "Ruth": [less, both]}


def test_a_role_at_a_school_makes_its_holder_one_of_the_people(giving, client, ruth, mel, quillbrook, today):
    answer = giving(ruth, kind="link_staff", partnership=str(quillbrook.pk), job="SENCO")
    assert banners(client.get(answer.url)) == ["Mel Garside: Link staff, Quillbrook Primary School."]
    assert str(SchoolPerson.objects.get(account=mel)) == "Mel Garside, SENCO"
    assert RoleRow.objects.current(today).filter(person=mel, kind="link_staff").exists()


def test_what_an_administrator_gives_waits_and_the_page_says_so(giving, client, ada, mel):
    answer = giving(ada, kind="clinician")
    assert "It waits until the service lead confirms it." in banners(client.get(answer.url))[0]
    assert not SchoolPerson.objects.filter(account=mel).exists()


def test_pressed_twice_it_is_one_role(giving, ruth, mel):
    giving(ruth, kind="clinician")
    assert problems(giving(ruth, kind="clinician")) == ["Mel Garside has that role there already."]
    assert mel.roles.filter(kind="clinician").count() == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, ["Select the role"]),
        ({"kind": "administrator"}, ["Select the role"]),
        ({"kind": "\0"}, ["Select the role"]),
        ({"kind": "link_staff"}, ["Select the school. This role is at one school", "Enter the job"]),
        ({"kind": "link_clinician", "partnership": HUGE}, ["Select the school"]),
        ({"kind": "link_clinician", "partnership": "x\0"}, ["Select the school"]),
        ({"kind": "clinician", "start_on_day": "40"}, ["Enter a real start of the role"]),
    ],
)
def test_what_was_not_offered_is_asked_again(giving, ruth, mel, sent, said):
    assert problems(giving(ruth, **sent)) == said
    assert mel.roles.count() == 1


def test_an_end_before_the_start_is_asked_again(giving, ruth, today):
    end = {"end_on_day": str(today.day), "end_on_month": str(today.month), "end_on_year": str(today.year)}
    assert problems(giving(ruth, kind="clinician", **end)) == ["The end of the role must be after its start"]


@pytest.mark.parametrize("who", ["ada", "ruth"])
def test_a_school_of_another_service_cannot_be_forged(
    request, giving, inviting, mel, other_service_school, who
):
    person = request.getfixturevalue(who)
    forged = {"kind": "link_staff", "partnership": str(other_service_school.pk), "job": "SENCO"}
    for page in (giving(person, **forged), inviting(person, **forged)):
        assert problems(page) == ["Select the school"]
        assert "Merriscombe" not in page.text
    assert not mel.roles.filter(kind="link_staff").exists()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("who", ["ada", "ruth"])
def test_nobody_opens_the_form_that_gives_oneself_a_role(request, client, sign_in, who):
    person = request.getfixturevalue(who)
    url = f"/users/{person.pk}/give/"
    sign_in(client, person)
    assert (client.get(url).status_code, client.post(url, {"kind": "clinician"}).status_code) == (403, 403)
    assert person.roles.count() == 1


def test_the_link_of_an_invitation_goes_out_by_e_mail_and_is_shown_to_nobody(
    inviting, client, ruth, work, mailoutbox
):
    page = client.get(inviting(ruth).url)
    assert banners(page)[0].startswith("We are sending Vera Elsewhere an e-mail with a link.")
    assert "vera@cast.example" in main_text(page)
    work()
    token = re.search(r"/invitation/([\w-]+)/", mailoutbox[-1].body)[1]
    assert mailoutbox[-1].to == ["vera@cast.example"]
    assert token not in page.text


def test_an_invitation_pressed_twice_is_one(inviting, client, ruth):
    key = str(uuid4())
    inviting(ruth, form_key=key)
    again = inviting(ruth, form_key=key)
    said = ["That invitation was made already. If no e-mail comes, send it again."]
    assert banners(client.get(again.url))[1:] == said
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"email": "ruth@cast.example"}, ["You cannot invite yourself"]),
        ({"email": "vera"}, ["Enter an e-mail address in the right form, like name@example.com"]),
        ({"email": "", "first_name": "", "last_name": "\0"}, 3),
        ({"first_name": "<b>x", "last_name": "x" * 100_000}, 1),
    ],
)
def test_an_invitation_that_cannot_be_is_asked_again(inviting, ruth, sent, said):
    found = problems(inviting(ruth, **sent))
    assert found == said or len(found) == said
    assert not Invitation.objects.exists()


def test_sent_again_makes_a_new_link_and_taken_back_ends_it(inviting, client, ruth):
    inviting(ruth)
    invitation = Invitation.objects.get()
    page = client.get(client.post(f"/invitations/{invitation.pk}/again/").url)
    assert banners(page)[0].startswith("We are sending Vera Elsewhere an e-mail with a link.")
    assert Invitation.objects.get().token_digest != invitation.token_digest
    page = client.get(client.post(f"/invitations/{invitation.pk}/revoke/").url)
    assert banners(page)[0].startswith("The invitation of Vera Elsewhere is taken back.")
    page = client.get(client.post(f"/invitations/{invitation.pk}/again/").url)
    assert banners(page) == ["This invitation was accepted or revoked already."]


def test_nothing_of_the_forms_is_left_off_the_page(role_of, ruth):
    role = role_of(ruth)
    forms = [form(role=role, kinds=set(Kind)) for form in (GiveRoleForm, InviteUserForm)]
    assert [fields_not_rendered(form) for form in [*forms, LeavingForm(clinicians=[])]] == [set()] * 3


def test_the_invitation_is_sent_and_the_link_in_it_works(inviting, client, ruth, service):
    inviting(ruth)
    (sent,) = Delivery.objects.all()
    assert (sent.address, sent.service, sent.staff) == ("vera@cast.example", service, ruth)
    assert sent.role_kind == "clinician"
    token = sent.link.rstrip("/").rsplit("/", 1)[-1]
    assert Invitation.digest(token) == Invitation.objects.get().token_digest
    assert sent.link == f"{settings.BASE_URL}/invitation/{token}/"


def test_an_invitation_that_is_refused_or_pressed_twice_sends_nothing(inviting, client, ruth):
    key = str(uuid4())
    inviting(ruth, email="ruth@cast.example", form_key=key)
    for _ in range(2):
        inviting(ruth, form_key=key)
    assert [sent.address for sent in Delivery.objects.all()] == ["vera@cast.example"]


def test_somebody_else_typed_on_the_same_form_is_invited_too(inviting, client, ruth):
    key = str(uuid4())
    for email in ("vera@cast.example", "mel@cast.example"):
        assert inviting(ruth, form_key=key, email=email).url == "/users/"
    assert {sent.address for sent in Delivery.objects.all()} == {"vera@cast.example", "mel@cast.example"}
