"""What a page leaves behind when it is shown: its title in a browser, and a reading of a case."""

import re

import pytest

from accounts.models import Reading
from consultations.doors import DOORS

from .our_pages import address

# What is shown to whom is the table's part (test_access_table.py).
pytestmark = pytest.mark.one_database


def test_no_title_names_a_child(client, cast, sign_in, addresses, make_consultation):
    """Titles stay in tabs, in the history of a browser and in a list of open windows."""
    no_plan_yet = {"consultation": make_consultation(next_step="start_plan").reference}
    pages = [*addresses.values(), address("consultations:plan-add", no_plan_yet)]
    pages.append(address("consultations:case-plan", {"case": make_consultation().case.reference}))
    titles = {}
    for person in (cast.priya, cast.ruth, cast.sam, cast.tess, cast.femi):
        sign_in(client, person)
        for url in pages:
            page = client.get(url).content.decode(errors="ignore")
            titles[url] = " ".join(re.findall(r"<title>(.*?)</title>", page, re.DOTALL))
        assert {url: title for url, title in titles.items() if re.search("Robin|Underhay", title)} == {}
        assert sum("Fortnight" in title for title in titles.values()) > 5


@pytest.mark.parametrize("who", ["priya", "ruth", "sam", "femi"])
def test_what_shows_a_case_is_one_reading_and_everything_else_is_none(
    request, client, cast, sign_in, addresses, who
):
    sign_in(client, getattr(cast, who))
    found = {}
    for page, url in addresses.items():
        before = Reading.objects.count()
        if client.get(url).status_code == 200:
            found[page] = list(Reading.objects.order_by("pk").values_list("door", flat=True)[before:])
    # Asking why shows nothing yet, and a new consultation shows a case only when it is opened from one.
    shown = set(DOORS) - {"consultations:clinical-note", "consultations:consultation-add"}
    assert found == {page: [page] if page in shown else [] for page in found}
    assert bool(shown & set(found)) == (who != "femi")
