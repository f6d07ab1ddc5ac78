"""Markup in every text of the records: shown as it was typed, on every page and paper."""

import pytest
from django.test import Client

from .desk import Desk
from .doors import addresses
from .test_hostile import MARKUP, answer

pytestmark = pytest.mark.django_db


class Markup:
    """In place of markers: every text of the records is markup, of HTML and of the papers."""

    def new(self, field, place, state):
        return MARKUP if field != "Theme.name" else f"{MARKUP} {place}"


def test_markup_in_every_text_is_shown_as_it_was_typed_on_every_page_and_paper(world):
    priya, sam = world["priya"], world["sam"]
    desk = Desk(Markup(), "here", world.places["here"], priya.user, sam.user)
    talk = desk.talk(desk.child("given"))
    desk.share(talk)
    plan = desk.agreed_plan(talk, "given")
    desk.review(plan, "given")
    share = desk.hand_over(plan.versions.get(), "given")
    desk.make_papers(plan.case)
    desk.rewrite(talk, "given")
    about = {talk.reference, plan.reference, plan.case.reference, share.reference, desk.visit.reference}
    read = 0
    for who in (priya, sam):
        client = who.sign_in(Client(raise_request_exception=False))
        for _, url in addresses():
            if any(reference in url for reference in about):
                page, text = answer(client, url)
                if page.status_code == 200:
                    read += MARKUP in text or "&lt;img src=x&gt;" in text
                if "html" in page.headers.get("Content-Type", ""):
                    assert b"<img src=x>" not in page.content
                    assert 'href="javascript:' not in text
    assert read > 20
