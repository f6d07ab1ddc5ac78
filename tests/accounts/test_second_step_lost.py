"""Somebody lost their phone and their codes: who keeps users lets them set up a new second step."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, Delivery, RoleRow
from accounts.services import forget_second_step
from tests.cast import give_role
from tests.filling import banners, main_text
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
    client, sign_in, settings, ruth, sam, with_an_app
):
    settings.SECOND_FACTOR_REQUIRED = False
    sign_in(client, ruth)
    url = f"/users/{sam.pk}/second-step/"
    assert client.get(url).status_code == 200
    assert Authenticator.objects.filter(user=sam).exists()
    page = client.post(url, follow=True)
    assert banners(page) == ["Sam Whitlock sets up a new second step at the next sign-in."]
    assert not Authenticator.objects.filter(user=sam).exists()
    assert with_an_app.get("/plans/").status_code == 302
    event = AuditEvent.objects.filter(kind=AuditEvent.Kind.SECOND_FACTOR).latest("pk")
    assert (event.person, event.detail) == (ruth, "Second step of Sam Whitlock forgotten")


def test_a_password_alone_opens_nothing_afterwards(role_of, ruth, sam, with_an_app):
    forget_second_step(role_of(ruth), sam, at=timezone.now())
    again = Client()
    type_password(again, sam)
    page = again.get("/plans/")
    assert page.status_code == 302
    assert page.url.startswith("/account/ways/")


def test_nobody_forgets_their_own(role_of, ada):
    with pytest.raises(ValidationError, match="You cannot change this account"):
        forget_second_step(role_of(ada), ada, at=timezone.now())


def test_an_account_of_two_services_stays_as_it_is(role_of, ruth, sam, other_service_school):
    give_app(sam)
    give_role(sam, Kind.LINK_STAFF, other_service_school, by=ruth)
    with pytest.raises(ValidationError, match="also works for another service"):
        forget_second_step(role_of(ruth), sam, at=timezone.now())
    assert Authenticator.objects.filter(user=sam).exists()


def test_an_administrator_alone_does_not_forget_that_of_somebody_who_sees_cases(
    client, sign_in, role_of, ada, sam, edie
):
    for person in (sam, edie):
        give_app(person)
    with pytest.raises(ValidationError, match="Where a role sees cases, the lead does"):
        forget_second_step(role_of(ada), sam, at=timezone.now())
    sign_in(client, ada)
    assert client.post(f"/users/{sam.pk}/second-step/").status_code == 403
    page = client.get(f"/users/{sam.pk}/")
    assert "If they lost their second step, only the service lead can remove it." in main_text(page)
    assert f"/users/{sam.pk}/second-step/" not in page.text
    forget_second_step(role_of(ada), edie, at=timezone.now())
    assert set(Authenticator.objects.values_list("user", flat=True)) == {sam.pk}


def test_the_service_ends_the_sessions_and_an_e_mail_tells_once(role_of, ruth, sam, service, with_an_app):
    at = timezone.now()
    forget_second_step(role_of(ruth), sam, at=at)
    assert with_an_app.get("/plans/").status_code == 302
    with pytest.raises(ValidationError, match="Sam Whitlock has no second step now"):
        forget_second_step(role_of(ruth), sam, at=at)
    told = Delivery.objects.get(kind=Delivery.Kind.SECOND_STEP)
    assert (told.person, told.staff, told.service, told.happened_at) == (sam, ruth, service, at)
