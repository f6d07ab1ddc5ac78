"""Where the pages of the library are: on the front page, or right beneath it."""

from urllib.parse import quote

from django.urls import reverse


def library_url(slug=""):
    """The address of the front page, or of the strategy or topic that is called so."""
    front = reverse("wagtail_serve", args=[""])
    return beneath(front, slug) if slug else front


def beneath(front, slug):
    return f"{front}{quote(slug)}/"
