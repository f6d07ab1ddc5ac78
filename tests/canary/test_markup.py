"""Markup in every text of the records: shown as it was typed, on every page and paper."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.test import Client

from accounts.services import save_tracked
from schools.models import Agreement, Order, Partnership
from schools.services import answer_query, ask_about

from .desk import Desk
from .doors import addresses, doors
from .money import Till
from .test_hostile import MARKUP, answer

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


class Markup:
    """In place of markers: every text of the records is markup, of HTML and of the papers."""

    def new(self, field, place, state):
        if field.endswith("purchase_order_number"):
            return "PO"  # no markup gets past its form any more
        return MARKUP if field != "Theme.name" else f"{MARKUP} {place}"

    def figure(self, *what):
        """A figure is none."""


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


@pytest.fixture
def bought_in_markup(world):
    """Time that was bought and used three years ago, with a question about it and its papers."""
    here = Partnership.objects.select_related("service").get(pk=world.places["here"].pk)
    for name in ("address", "contact", "vat_words", "how_to_pay"):
        setattr(here.service, name, MARKUP)
    save_tracked(here.service, by=world["ruth"].user, reason="Changed")
    markup = replace(world, words=Markup(), places={"here": here})
    till = Till(markup, "here", ("hana", "sam", "priya"), world["ruth"].user)
    pot = till.sign(till.draft(-1000, -700, "given"), till.now - timedelta(days=990))
    order = till.agreed_order(pot, till.now - timedelta(days=980))
    # As it was written down before such a number had a form.
    for model, key in ((Agreement, pot.pk), (Order, order.pk)):
        QuerySet(model).filter(pk=key).update(purchase_order_number=MARKUP)
    till.finished(till.visit(pot, -900))
    entry = pot.entries.get(kind="deliver")
    query = ask_about(entry, words=MARKUP, by=till.link, at=till.now)
    answer_query(query, answer=MARKUP, by=till.by, at=till.now)
    till.papers(pot, -700)


def test_markup_in_every_text_of_money_is_shown_as_it_was_typed_on_every_page_and_paper(
    world, bought_in_markup
):
    read = set()
    for who in (world["hana"], world["ruth"]):
        client = who.sign_in(Client(raise_request_exception=False))
        for door in doors():
            if door.is_of_money and door.method == "get":
                page, text = answer(client, door.url)
                if MARKUP in text or "&lt;img src=x&gt;" in text:
                    read.add(door.name)
                if "html" in page.headers.get("Content-Type", ""):
                    assert b"<img src=x>" not in page.content
    papers = {
        f"schools:{paper}{kind}" for paper in ("statement", "invoice", "credit-note") for kind in ("", "-pdf")
    }
    assert papers | {"schools:agreement", "schools:order", "schools:entry-query"} <= read
