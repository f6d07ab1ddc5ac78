"""The only way into an empty database: a service with its first administrator and its first lead."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import RoleRow, User
from accounts.services import end_role
from schools.models import Service
from tests.filling import parsed
from tests.places import PASSWORD
from tests.signing_in import give_app, sign_in_with_app, type_password

pytestmark = pytest.mark.django_db
NAME = "Willowmere CAMHS in Schools"
ADA = ["--administrator", "Ada@cast.example", "Ada", "Okafor"]
RUTH = ["--lead", "ruth@cast.example", "Ruth", "Calloway"]


def test_it_opens_the_service_and_each_sets_a_password_by_the_link(client, capsys):
    call_command("open_service", NAME, *ADA, *RUTH)
    rows = {(row.person.email, row.kind, row.place) for row in RoleRow.objects.all()}
    assert rows == {
        ("ada@cast.example", "administrator", NAME),
        ("ruth@cast.example", "service_lead", NAME),
    }
    link = re.search(r"http://[^/]+(/\S+)", capsys.readouterr().out)[1]
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.get(email="ada@cast.example").check_password(PASSWORD)


def test_after_it_each_sets_up_the_second_step(client, capsys, required):
    call_command("open_service", NAME, *ADA, *RUTH)
    link = re.search(r"http://[^/]+(/\S+)", capsys.readouterr().out)[1]
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    type_password(client, User.objects.get(email="ada@cast.example"))
    assert parsed(client.get("/account/app/")).select_one(".app-secret")


def test_somebody_who_forgot_their_password_adds_another_second_step(client, sam, required):
    secret = give_app(sam)
    client.post("/account/password/reset/", {"email": sam.email})
    sign_in_with_app(client, sam, secret)
    assert client.get("/account/passkeys/add/").status_code == 200


def test_a_new_service_needs_both_and_two_people():
    for arguments in (ADA, RUTH, [], [*ADA, "--lead", "ada@cast.example", "Ada", "Okafor"]):
        with pytest.raises(CommandError):
            call_command("open_service", NAME, *arguments)
    assert not Service.objects.exists()
    assert not User.objects.exists()


def test_what_is_no_address_is_refused():
    with pytest.raises(CommandError, match="valid email"):
        call_command("open_service", NAME, "--administrator", "ada", "Ada", "Okafor", *RUTH)
    assert not Service.objects.exists()


def test_a_lead_is_replaced_only_when_the_last_one_is_gone(ada, ruth, role_of, today):
    vera = ["--lead", "vera@cast.example", "Vera", "Elsewhere"]
    with pytest.raises(CommandError, match="has this role filled already"):
        call_command("open_service", NAME, *vera)
    end_role(role_of(ruth), end_on=today, by=ada, reason="Left")
    call_command("open_service", NAME, *vera)
    leads = RoleRow.objects.current(timezone.localdate()).filter(kind="service_lead")
    assert [row.person.email for row in leads] == ["vera@cast.example"]
