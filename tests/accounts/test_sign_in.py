"""Signing in, changing a password, and the doors that stay shut."""

import re

import pytest
from django.test import Client

from tests.filling import main_text, problems
from tests.places import PASSWORD

LOGIN = "/account/login/"


def test_e_mail_and_password_lead_to_the_first_page(client, sam):
    response = client.post(LOGIN, {"login": sam.email, "password": PASSWORD})
    assert (response.status_code, response.url) == (302, "/")
    assert client.get("/").url == "/needs-doing/"


def test_the_address_may_be_typed_in_capitals(client, sam):
    assert client.post(LOGIN, {"login": "SAM@cast.example", "password": PASSWORD}).status_code == 302


def test_somebody_who_was_on_the_way_to_a_page_arrives_there(client, sam):
    assert client.get("/plans/").url == "/account/login/?next=/plans/"
    response = client.post(
        f"{LOGIN}?next=/plans/", {"login": sam.email, "password": PASSWORD, "next": "/plans/"}
    )
    assert response.url == "/plans/"


def test_nobody_is_sent_to_another_site(client, sam):
    data = {"login": sam.email, "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post(LOGIN, data).url == "/"


@pytest.mark.parametrize("address", ["sam@cast.example", "nobody@cast.example"])
def test_a_wrong_password_and_an_unknown_address_say_the_same(client, sam, address):
    page = client.post(LOGIN, {"login": address, "password": "wrong"})
    assert problems(page) == ["The e-mail address or the password is not right"]
    assert "wrong" not in page.text.replace("is wrong", "")


def test_nothing_typed_says_what_to_enter(client, db):
    assert problems(client.post(LOGIN)) == ["Enter your e-mail address", "Enter your password"]


@pytest.mark.parametrize("typed", ["\0", "x" * 5000, "sam@cast.example\0", "🦊"])
def test_what_is_no_address_is_no_server_error(client, sam, typed):
    page = client.post(LOGIN, {"login": typed, "password": "\0"})
    assert page.status_code == 200
    assert problems(page)


def test_an_account_that_was_closed_does_not_open(client, sam):
    sam.is_active = False
    sam.save()
    client.post(LOGIN, {"login": sam.email, "password": PASSWORD}, follow=True)
    assert client.get("/plans/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_nobody_makes_an_account_for_themselves(client, db, django_user_model):
    new = {"email": "new@cast.example", "password1": PASSWORD, "password2": PASSWORD}
    for page in (client.get("/account/signup/"), client.post("/account/signup/", new)):
        assert "Accounts are given" in main_text(page)
    assert not django_user_model.objects.exists()


def test_signing_out_is_a_button(client, sign_in, sam):
    sign_in(client, sam)
    assert "Sign out?" in main_text(client.get("/account/logout/"))
    assert "_auth_user_id" in client.session
    assert client.post("/account/logout/").url == LOGIN
    assert "_auth_user_id" not in client.session


def test_a_password_is_changed_with_the_old_one(client, sign_in, sam):
    sign_in(client, sam)
    new = {"password1": "three unusual words", "password2": "three unusual words"}
    wrong = client.post("/account/password/change/", new | {"oldpassword": "not it"})
    assert len(problems(wrong)) == 1
    assert client.post("/account/password/change/", new | {"oldpassword": PASSWORD}).status_code == 302
    sam.refresh_from_db()
    assert sam.check_password("three unusual words")


def test_a_short_or_common_password_is_refused(client, sign_in, sam):
    sign_in(client, sam)
    for short in ("short", "password1234", "sam@cast.example"):
        data = {"oldpassword": PASSWORD, "password1": short, "password2": short}
        assert problems(client.post("/account/password/change/", data))
    sam.refresh_from_db()
    assert sam.check_password(PASSWORD)


def test_the_e_mail_of_a_forgotten_password_names_nobody(client, sam, mailoutbox, work):
    response = client.post("/account/password/reset/", {"email": sam.email})
    work()
    assert "Look in your e-mail" in main_text(client.get(response.url))
    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == ("Choose a new password", [sam.email])
    assert not mail.message().is_multipart()
    link = re.search(r"http://testserver/account/password/reset/key/\S+", mail.body).group()
    assert mail.body.strip().replace(link, "{link}").split("\n\n") == [
        "Somebody asked for a new password for your Fortnight account. If it was you, open this link. "
        "It works once:",
        "{link}",
        "If it was not you, do nothing.",
    ]


def test_the_link_of_the_e_mail_sets_a_password_once(client, sam, mailoutbox, work):
    client.post("/account/password/reset/", {"email": sam.email})
    work()
    path = re.search(r"/account/password/reset/key/\S+", mailoutbox[0].body).group()
    page = client.get(client.get(path).url)
    new = {"password1": "three unusual words", "password2": "three unusual words"}
    assert client.post(page.request["PATH_INFO"], new).url == "/account/password/reset/key/done/"
    sam.refresh_from_db()
    assert sam.check_password("three unusual words")
    assert "This link does not work any more" in main_text(Client().get(path))


def test_an_address_without_an_account_gets_the_same_page_and_no_e_mail(client, db, mailoutbox, work):
    response = client.post("/account/password/reset/", {"email": "nobody@cast.example"})
    work()
    assert (response.url, mailoutbox) == ("/account/password/reset/done/", [])


def test_the_library_has_no_sign_in_of_its_own(client, db):
    for path in ("/cms/", "/cms/login/?next=/cms/", "/cms/password_reset/"):
        assert client.get(path, follow=True).request["PATH_INFO"] == LOGIN
    assert client.post("/cms/login/", {"username": "x", "password": "y"}).url.startswith(LOGIN)


@pytest.mark.parametrize("who", ["sam", "hana", "tess", "femi", "kit", "ada"])
def test_only_editors_and_reviewers_open_the_pages_that_edit_the_library(request, client, sign_in, who):
    assert sign_in(client, request.getfixturevalue(who)).get("/cms/").status_code == 404


def test_an_editor_opens_them_and_comes_back_to_them_from_our_sign_in(client, edie):
    data = {"login": edie.email, "password": PASSWORD, "next": "/cms/login/?next=/cms/"}
    page = client.post(LOGIN, data, follow=True)
    assert (page.status_code, page.request["PATH_INFO"]) == (200, "/cms/")


@pytest.mark.parametrize("path", ["/admin/", "/django-admin/", "/account/email/", "/account/3rdparty/"])
def test_what_is_not_in_use_is_not_there(client, sign_in, ada, path):
    assert sign_in(client, ada).get(path).status_code == 404
