"""Sign-in through an organisation's own accounts. It opens an account that is there, and makes none."""

from urllib.parse import urlsplit

from allauth.account.internal.decorators import login_not_required
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth import get_user_model
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from requests import RequestException

from accounts.sign_in_log import Kind, note


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    """Each time, by an e-mail address that the provider says it has checked. No link to it is kept:
    whom the organisation gives the address to tomorrow is a matter of theirs, who leaves is one of ours.
    """

    def is_open_for_signup(self, request, sociallogin):
        return False

    def list_apps(self, request, provider=None, client_id=None):
        """From the settings alone: a row in the database opens no door."""
        apps = super().list_apps(request, provider=provider, client_id=client_id)
        return [app for app in apps if app.pk is None]

    def pre_social_login(self, request, sociallogin):
        person = who_it_is(sociallogin)
        if person is None or sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(refuse(request, sociallogin.provider))
        sociallogin.user = person

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        raise ImmediateHttpResponse(refuse(request, provider))


def who_it_is(sociallogin):
    """The one active person with a verified address of this login; None for anybody else."""
    said = sociallogin.account.extra_data
    if said.get("userinfo") and said["userinfo"].get("sub") != said.get("id_token", {}).get("sub"):
        return None
    checked = [address for address in sociallogin.email_addresses if address.verified in (True, "true")]
    addresses = [address.email.lower() for address in checked]
    people = get_user_model().objects.filter(email__in=addresses, is_active=True)
    return people.first() if len(people) == 1 else None


def refuse(request, provider):
    note(request, Kind.SIGN_IN_REFUSED, detail=f"At {provider.name}")
    return render(request, "accounts/provider_refused.html", {"provider": provider.name}, status=403)


def providers():
    """Of each that the settings name: what it is called, the address of our button, and its own origin."""
    apps = get_adapter().list_apps(None, provider="openid_connect")
    return [
        {
            "name": app.name,
            "url": reverse("openid_connect_login", args=[app.provider_id]),
            "origin": "{0.scheme}://{0.netloc}".format(urlsplit(app.settings["server_url"])),
        }
        for app in apps
    ]


def second_factor_in_token(sociallogin):
    """Whether the provider's signed token says so in one of the values that the settings accept."""
    if sociallogin is None:
        return False
    token = sociallogin.account.extra_data.get("id_token") or {}
    accepted = sociallogin.provider.app.settings["second_factor"]
    return any(set(values) & said_in(token, claim) for claim, values in accepted.items())


def said_in(token, claim):
    said = token.get(claim)
    return {item for item in (said if isinstance(said, list) else [said]) if isinstance(item, str)}


class CheckedToken(OpenIDConnectOAuth2Adapter):
    """allauth trusts a token that came over TLS; ours is checked against the provider's key as well."""

    def _decode_id_token(self, app, id_token):
        config = self.openid_config
        try:
            return jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=config["jwks_uri"],
                issuer=config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except KeyError as missing:
            raise OAuth2Error(f"Without {missing} the token cannot be checked") from missing


def provider_view(view):
    @login_not_required
    def through(request, provider_id):
        try:
            return view.adapter_view(CheckedToken(request, provider_id))(request)
        except SocialApp.DoesNotExist as unknown:
            raise Http404 from unknown
        except (RequestException, ValueError, KeyError):
            # It cannot be reached, or what it says about itself cannot be read.
            return refuse(request, get_adapter().get_provider(request, provider_id))

    return through


login = provider_view(OAuth2LoginView)
callback = provider_view(OAuth2CallbackView)
