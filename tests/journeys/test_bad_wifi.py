"""A morning on bad wifi: pages come slowly, and requests and replies are lost at random."""

import random
import re
from collections import Counter

from playwright.sync_api import Error

from consultations.models import Consultation, Draft
from tests.slow import throttle

from .steps import CONCERN, a_class, a_new_child, no_names, talk

NOT_SURE = "We could not tell if that was saved. Keep this page open and press the button again."
# With which each kind of loss happens.
SEED = 11
SAVE = "Save consultation"


class Wifi:
    """Some requests never arrive, and some of what is sent is answered in vain.

    Each kind of request has luck of its own, so that it does not depend on how fast somebody types.
    """

    def __init__(self, page, seed):
        self.luck = {kind: random.Random(f"{kind} {seed}") for kind in ("page", "draft", "save")}
        self.lost, self.unanswered = Counter(), Counter()
        page.route(re.compile(r"^(?!.*/static/)"), self.carry)

    def carry(self, route):
        kind = "draft" if "autosave=1" in route.request.url else "page"
        kind = "save" if "x-answer" in route.request.headers else kind
        luck = self.luck[kind].random()
        if luck < 0.25:
            self.lost[kind] += 1
            route.abort("connectionfailed")
        elif luck < 0.5 and route.request.method == "POST":
            self.unanswered[kind] += 1
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()


def until_it_works(page, action):
    """As somebody does whose browser says that there is no internet: again."""
    for _ in range(12):
        try:
            action()
            page.wait_for_load_state()
        except Error:
            page.wait_for_timeout(100)
        if page.url.startswith("http") and page.locator("main h1").count():
            return
        action = page.reload
    raise AssertionError("twelve times in a row the page did not come")


def save(person):
    """Press Save until the page is another one; what it says meanwhile is true."""
    page, form = person.page, person.page.url
    for _ in range(12):
        page.get_by_role("button", name=SAVE, exact=True).click()
        line = page.locator("[data-autosave-status]").filter(has_text=NOT_SURE)
        page.wait_for_function(
            "([form, words]) => location.href !== form || document.querySelector('[data-autosave-status]')"
            "?.textContent === words || !document.querySelector('main')",
            arg=[form, NOT_SURE],
        )
        if not line.count():
            return until_it_works(page, page.wait_for_load_state)
        assert page.get_by_label("What is the concern?").input_value() == CONCERN
        # Quicker, and the button takes it for a double click.
        page.wait_for_timeout(1100)
    raise AssertionError("twelve times in a row it was not saved")


def test_three_consultations_are_saved_once_each_and_nothing_is_lost(hand, visit, priya, sam):
    person = hand(priya, quiet=False)
    page = person.page
    throttle(page, latency=20, downloadThroughput=-1, uploadThroughput=-1)
    wifi = Wifi(page, seed=SEED)
    for about, agreed in (
        (a_class, "Sit at the front."),
        (no_names, "A quiet start."),
        (a_new_child, "One adult."),
    ):
        until_it_works(page, lambda: page.goto(f"{visit.get_absolute_url()}add/"))
        about(person)
        talk(person)
        person.write("What did you agree?", agreed)
        person.choose("No", "Is anyone at risk of harm?")
        person.choose("Nothing more")
        save(person)
    page.unroute_all(behavior="wait")
    found = Consultation.objects.order_by("pk")
    assert [(one.concern, one.agreed) for one in found] == [
        (CONCERN, "Sit at the front."),
        (CONCERN, "A quiet start."),
        (CONCERN, "One adult."),
    ]
    assert not Draft.objects.exists()
    assert set(wifi.lost) >= {"page", "save"}
    assert wifi.unanswered["save"]
