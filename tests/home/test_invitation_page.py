"""Accepting an invitation: with a new account, with one that is there, and with a link that does not work."""

import logging
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, RoleRow, User
from accounts.services import invite, revoke_invitation, save_tracked
from home.services import give_role_at
from schools.models import SchoolPerson
from schools.services import add_person
from tests.filling import as_sent, banners, main_text, parsed, problems
from tests.places import PASSWORD, new_person

Kind = RoleRow.Kind
PAGE = "/invitation/"
OVER = "This invitation does not work"
NEW = {"first_name": "Mel", "last_name": "Garside", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def invited(sam, role_of, quillbrook):
    def make(by=sam, kind=Kind.PLAN_READER, place=quillbrook, **fields):
        values = {"email": "mel@cast.example", "first_name": "Mel", "last_name": "Garside", "job": "Cook"}
        return invite(role_of(by), kind=kind, place=place, at=timezone.now(), **(values | fields))

    return make


def follow(client, token):
    """Open the link: the token leaves the address at once."""
    answer = client.get(reverse("home:invitation-link", args=[token]))
    assert (answer.status_code, answer.url, answer["Referrer-Policy"]) == (302, PAGE, "no-referrer")
    return client.get(PAGE)


def test_somebody_new_makes_an_account_and_belongs_to_the_school(client, invited, quillbrook, today):
    _, token = invited()
    page = follow(client, token)
    assert "Sam Whitlock invited you as plan reader at Quillbrook Primary School" in main_text(page)
    answer = client.post(PAGE, as_sent(page) | NEW)
    assert answer.url == "/account/login/"
    said = ["Your account is ready. Sign in with your new password."]
    assert banners(client.get(answer.url)) == said
    mel = User.objects.get(email="mel@cast.example")
    person = SchoolPerson.objects.get(account=mel)
    assert (str(person), person.partnership) == ("Mel Garside, Cook", quillbrook)
    client.post("/account/login/", {"login": mel.email, "password": PASSWORD})
    assert client.get("/role/").context["request"].role.kind == Kind.PLAN_READER


def test_a_second_press_makes_no_second_account(client, invited):
    _, token = invited()
    sent = as_sent(follow(client, token)) | NEW
    client.post(PAGE, sent)
    again = client.post(PAGE, sent)
    assert (again.status_code, OVER in main_text(again)) == (404, True)
    follow(client, token)
    assert client.post(PAGE, sent).status_code == 404
    assert User.objects.filter(email="mel@cast.example").count() == 1
    assert SchoolPerson.objects.filter(name="Mel Garside").count() == 1


def test_whoever_is_listed_already_is_linked_not_added(client, invited, quillbrook, sam):
    listed = add_person(quillbrook, name="Mel Garside", job="Teaching assistant", by=sam)
    _, token = invited()
    client.post(PAGE, as_sent(follow(client, token)) | NEW)
    listed.refresh_from_db()
    assert (listed.job, listed.account.email) == ("Teaching assistant", "mel@cast.example")
    assert SchoolPerson.objects.filter(name="Mel Garside").count() == 1


@pytest.mark.parametrize("kind", [RoleRow.Kind.PLAN_READER, RoleRow.Kind.SAFEGUARDING_LEAD])
def test_a_typed_name_makes_nobody_the_safeguarding_lead(quillbrook, ruth, role_of, today, kind):
    lead = {"job": "Designated safeguarding lead", "phone": "01632 960017", "safeguarding_order": 1}
    listed = add_person(quillbrook, name="Mel Garside", by=ruth, **lead)
    mel = new_person("Mel", "Garside")
    place = quillbrook.school if kind == RoleRow.Kind.SAFEGUARDING_LEAD else quillbrook
    give_role_at(role_of(ruth), mel, kind, place, job="Cook", start_on=today, at=timezone.now())
    rows = SchoolPerson.objects.filter(name="Mel Garside").order_by("pk")
    found = [(row.pk == listed.pk, row.safeguarding_order, row.account) for row in rows]
    if kind == RoleRow.Kind.SAFEGUARDING_LEAD:
        assert found == [(True, 1, mel)]
    else:
        assert found == [(True, 1, None), (False, None, mel)]


def test_somebody_with_an_account_signs_in_first_and_the_role_comes_to_it(client, invited, today):
    mel = new_person("Mel", "Garside")
    _, token = invited()
    page = follow(client, token)
    assert "Sign in to accept" in main_text(page)
    sign_in_url = parsed(page).select_one("main a")["href"]
    assert client.post(PAGE, NEW).status_code == 200
    assert not mel.roles.exists()
    answer = client.post(sign_in_url, {"login": mel.email, "password": PASSWORD})
    assert answer.url == PAGE
    assert "The new role comes to it" in main_text(client.get(PAGE))
    page = client.get(client.post(PAGE).url)
    assert banners(page) == ["You have a new role: Plan reader, Quillbrook Primary School."]
    assert RoleRow.objects.usable(mel, today).count() == 1


def test_another_account_is_told_so_and_told_nothing_else(client, sign_in, invited, owen):
    _, token = invited()
    sign_in(client, owen)
    page = follow(client, token)
    assert page.status_code == 403
    assert client.post(PAGE, NEW).status_code == 403
    for word in ("Mel", "mel@", "Sam", "Quillbrook"):
        assert word not in page.text
    assert not User.objects.filter(email="mel@cast.example").exists()


def unknown(invitation, token):
    return "never-given-to-anybody"


def used(invitation, token):
    invitation.accepted_at, invitation.accepted_by = timezone.now(), invitation.invited_by
    save_tracked(invitation, by=invitation.invited_by, reason="Accepted")
    return token


def run_out(invitation, token):
    invitation.expires_at = timezone.now() - timedelta(seconds=1)
    save_tracked(invitation, by=invitation.invited_by, reason="Time passes")
    return token


def taken_back(invitation, token):
    revoke_invitation(invitation.acting, invitation, at=timezone.now())
    return token


@pytest.mark.parametrize("spoil", [unknown, used, run_out, taken_back])
def test_every_link_that_does_not_work_gets_the_same_page(client, invited, spoil, caplog):
    nobodys = client.get(PAGE)
    token = spoil(*invited())
    with caplog.at_level(logging.DEBUG):
        page = follow(client, token)
    assert (page.status_code, main_text(page)) == (404, main_text(nobodys))
    for word in ("Mel", "Sam", "Quillbrook", "plan reader"):
        assert word not in page.text
    assert client.post(PAGE, NEW).status_code == 404
    assert token not in caplog.text


@pytest.mark.parametrize("token", ["x" * 5000, "%00", "../", "<b>", "é"])
def test_a_strange_token_is_one_that_does_not_work(client, db, token):
    client.get(f"/invitation/{token}/")
    assert client.get(PAGE).status_code == 404


def test_the_token_is_in_no_session_and_no_page_that_follows(client, invited):
    _, token = invited()
    page = follow(client, token)
    assert token not in page.text
    assert token not in str(dict(client.session.items()))
    assert page["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"password1": "", "password2": ""}, ["Enter a password", "Enter the password again"]),
        ({"password2": "something else again"}, ["The two passwords must be the same"]),
        ({"first_name": "", "last_name": "\0"}, ["Enter your first name", "Enter your last name"]),
        (
            {"first_name": "x" * 100_000},
            ["Your first name must be 60 characters or fewer. You have used 100,000"],
        ),
    ],
)
def test_what_is_missing_is_asked_for_beside_what_was_typed(client, invited, sent, said):
    _, token = invited()
    follow(client, token)
    assert problems(client.post(PAGE, NEW | sent)) == said
    assert not User.objects.filter(email="mel@cast.example").exists()


@pytest.mark.parametrize("weak", ["short", "password1234", "mel@cast.example"])
def test_a_weak_password_is_refused(client, invited, weak):
    _, token = invited()
    follow(client, token)
    assert len(problems(client.post(PAGE, NEW | {"password1": weak, "password2": weak}))) == 1
    assert not User.objects.filter(email="mel@cast.example").exists()


def test_a_role_that_has_to_be_confirmed_says_so(client, invited, ada, service):
    _, token = invited(by=ada, kind=Kind.CLINICIAN, place=service)
    answer = client.post(PAGE, as_sent(follow(client, token)) | NEW)
    assert "The service lead has to confirm it" in banners(client.get(answer.url))[0]
    assert not SchoolPerson.objects.filter(name="Mel Garside").exists()


def test_a_safeguarding_lead_belongs_to_the_school_of_that_service(
    client, invited, ruth, quillbrook, other_service, admin_person
):
    _, token = invited(by=ruth, kind=Kind.SAFEGUARDING_LEAD, place=quillbrook.school)
    client.post(PAGE, as_sent(follow(client, token)) | NEW)
    person = SchoolPerson.objects.get(name="Mel Garside")
    assert person.partnership == quillbrook
    assert Invitation.objects.get().accepted_by == person.account
