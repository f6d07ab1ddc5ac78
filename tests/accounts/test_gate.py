"""The gate itself: what it does with a page that names no policy, and with an editor who is none any more."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.views.generic import TemplateView

from accounts.access import PolicyMixin
from accounts.models import RoleRow
from accounts.services import end_role
from tests.cast import role_of


class NoPolicy(PolicyMixin, TemplateView):
    template_name = "web/bare.html"


def test_a_page_that_names_no_policy_does_not_open(rf):
    with pytest.raises(ImproperlyConfigured, match="NoPolicy names no policy"):
        NoPolicy.as_view()(rf.get("/"))


def test_whoever_was_an_editor_reaches_no_editing_page_from_the_day_the_role_ends(
    client, sign_in, edie, admin_person, today
):
    assert sign_in(client, edie).get("/cms/").status_code == 200
    end_role(role_of(edie, RoleRow.Kind.EDITOR), end_on=today, by=admin_person, reason="Left")
    assert client.get("/cms/").status_code == 404
