"""Addresses of the header, each looked up once."""

from django.urls import set_script_prefix

from accounts.context import address


def test_where_a_proxy_gives_a_prefix_each_address_begins_with_that_of_its_own_request():
    try:
        set_script_prefix("/below/")
        below = address("account_login")
        set_script_prefix("/")
        assert (below, address("account_login")) == ("/below/account/login/", "/account/login/")
    finally:
        set_script_prefix("/")
