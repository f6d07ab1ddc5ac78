from django.conf import settings
from django.urls import reverse
from django.views.generic import TemplateView

from accounts.access import PolicyMixin
from resources import policies
from resources.addresses import library_url


class ReadPage(PolicyMixin, TemplateView):
    """A published Wagtail page behind the same gate as every page of ours. Wagtail has found the page.

    Where the library is public, whoever is not signed in reads it as a page of a plain website. Somebody
    signed in works in a role, there as anywhere.
    """

    policy = policies.can_read_library
    lag_tolerated = True
    page = None

    def needs_a_role(self):
        return self.request.user.is_authenticated or not settings.LIBRARY_PUBLIC

    def find_record(self):
        return self.page

    def get_template_names(self):
        return [self.page.template]

    def get_context_data(self, **kwargs):
        if not self.role:
            kwargs = self.for_everybody() | kwargs
        return super().get_context_data(
            page=self.page, may_review=policies.can_review(self.role, self.page), **kwargs
        )

    def for_everybody(self):
        """What `resources/base.html` tells search engines and shows in place of the menu.

        `public` is for the other templates too: what is not for everybody stands where it is not set.
        """
        library = library_url()
        return {
            "public": True,
            # A search is not a page to find from outside, and no second address of the one it narrows.
            "indexed": not self.request.GET,
            "own_address": self.page.address(self.request),
            "home_url": library,
            "navigation": [
                {"text": "Library", "href": library, "current": True},
                {"text": "Sign in", "href": reverse("account_login"), "current": False},
            ],
        }
