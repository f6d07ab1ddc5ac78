"""Somebody lost their phone and their codes: who keeps users lets them set up a new second step."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, RoleRow
from accounts.services import forget_second_step
from tests.cast import give_role
from tests.filling import banners
from tests.signing_in import give_app, sign_in_with_app, type_password

Kind = RoleRow.Kind


@pytest.fixture
def with_an_app(required, sam):
    """Sam, signed in with an app somewhere."""
    somewhere = Client()
    sign_in_with_app(somewhere, sam, give_app(sam))
    assert somewhere.get("/plans/").status_code == 200
    return somewhere


def test_the_keeper_asks_first_and_then_it_is_forgotten_everywhere(
    client, sign_in, settings, ada, sam, with_an_app
):
    settings.SECOND_FACTOR_REQUIRED = False
    sign_in(client, ada)
    url = f"/users/{sam.pk}/second-step/"
    assert client.get(url).status_code == 200
    assert Authenticator.objects.filter(user=sam).exists()
    page = client.post(url, follow=True)
    assert banners(page) == ["Sam Whitlock sets up a new second step at the next sign-in."]
    assert not Authenticator.objects.filter(user=sam).exists()
    assert with_an_app.get("/plans/").status_code == 302
    event = AuditEvent.objects.filter(kind=AuditEvent.Kind.SECOND_FACTOR).latest("pk")
    assert (event.person, event.detail) == (ada, "Second step of Sam Whitlock forgotten")


def test_a_password_alone_opens_nothing_afterwards(role_of, ada, sam, with_an_app):
    forget_second_step(role_of(ada), sam, at=timezone.now())
    again = Client()
    type_password(again, sam)
    page = again.get("/plans/")
    assert page.status_code == 302
    assert page.url.startswith("/account/ways/")


def test_nobody_forgets_their_own(role_of, ada):
    with pytest.raises(ValidationError, match="You cannot change that account"):
        forget_second_step(role_of(ada), ada, at=timezone.now())


def test_an_account_of_two_services_stays_as_it_is(role_of, ada, sam, other_service_school):
    give_app(sam)
    give_role(sam, Kind.LINK_STAFF, other_service_school, by=ada)
    with pytest.raises(ValidationError, match="also works for another service"):
        forget_second_step(role_of(ada), sam, at=timezone.now())
    assert Authenticator.objects.filter(user=sam).exists()
