"""There is one way in: every address that could sign somebody in is allauth's."""

import pytest
from django.contrib.auth.views import LoginView
from django.urls import URLResolver, get_resolver


def all_patterns(patterns, before=""):
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from all_patterns(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def test_the_only_other_sign_in_pages_are_the_two_that_lead_to_ours():
    found = {
        address
        for address, view in all_patterns(get_resolver().url_patterns)
        if issubclass(getattr(view, "view_class", object), LoginView)
    }
    assert found == {"cms/login/", "library/_util/login/"}


@pytest.mark.parametrize("address", ["/cms/login/", "/library/_util/login/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_own_sign_in_leads_to_ours_and_lets_nobody_in(client, edie, address, method):
    edie.set_password("the right password")
    edie.save()
    typed = {"username": edie.email, "login": edie.email, "password": "the right password"}
    response = getattr(client, method)(address, typed)
    assert (response.status_code, response.url.split("?")[0]) == (302, "/account/login/")
    assert "_auth_user_id" not in client.session
