"""The library's editing pages are a third party's: a row per role of their own. What editors and reviewers
may do inside is in tests/resources/test_review.py and test_review_people.py."""

import pytest
from django.urls import reverse

from .test_access_table import PEOPLE

PLACES = ["wagtailadmin_home", "library_reviews", "wagtailadmin_explore_root", "wagtailimages:index"]
# 302 leads back to the first page, with "you do not have permission".
ROWS = {
    **dict.fromkeys(PEOPLE, [404, 404, 404, 404]),
    **dict.fromkeys(["priya", "owen", "noor", "ruth"], [200, 200, 200, 302]),
    "edie": [200, 200, 200, 200],
}


@pytest.mark.parametrize("name", PEOPLE)
def test_who_opens_the_pages_that_edit_the_library(client, sign_in, request, name):
    sign_in(client, request.getfixturevalue(name))
    assert [client.get(reverse(place)).status_code for place in PLACES] == ROWS[name]
