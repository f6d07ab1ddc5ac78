"""What nobody types by mistake, in every address and every box of every form: clear, and nothing told."""

from itertools import product
from urllib.parse import quote, urlencode

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from consultations.models import Case, Consent, Share
from schools.models import Agreement, Order
from tests.filling import as_sent, parsed, value_of

from .doors import addresses_of, patterns
from .going_round import text_of
from .people import FAR

pytestmark = pytest.mark.django_db
CLEAR = {200, 302, 400, 403, 404, 405, 409, 410}
WHO = ["priya", "sam", "ruth", "hana", "uma", "tess", "femi", "ada"]
MARKUP = "<b>&#0;</para><img src=x>"
TYPED = {
    "nothing": "",
    "very much": "x" * 100_000,
    "markup": MARKUP,
    "a link that runs": "javascript:alert(1)",
    "NUL": "a\0b",
    "forty digits": "9" * 40,
}
# Also in the boxes that are not for typing: hidden ones, choices and ticks.
FORGED = ("NUL", "forty digits", "markup")
ARGUMENTS = {
    "reference": ["%00", quote(MARKUP, safe=""), "9" * 40, "C-%00%00-ABC", "a" * 3000],
    "urn": ["0", "9" * 6, "9" * 40],
    "pk": ["0", "9" * 40],
    "consent": ["0", "9" * 40],
    "number": ["0", "9" * 40],
    "key": ["00000000-0000-0000-0000-000000000000"],
    "token": ["%00", quote(MARKUP, safe=""), "9" * 40, "a" * 3000],
}
# What pages take from the query part of their address.
ASKED = ["agreement", "quantity", "when", "po", "change", "state", "kind", "of", "from", "period"]
ASKED += ["after", "before", "page", "status", "q", "draft"]
PAGES = dict(patterns())
# Of each kind of page there are many, and PostgreSQL is asked by the same code.
PART = {"postgresql": 3}
NAMES = {name: page.pattern.converters for name, page in PAGES.items()}


def of_both(names):
    """All of them, of which every third is tried on PostgreSQL too."""
    part = PART.get(connection.vendor, 1)
    return sorted(names)[::part]


def client_of(world, who):
    return world[who].sign_in(Client(raise_request_exception=False))


def answer(client, url, data=None, **more):
    """What comes back, and whether it is clear; what it changed is undone."""
    with transaction.atomic():
        page = client.get(url, **more) if data is None else client.post(url, data, **more)
        text = text_of(page)
        transaction.set_rollback(True)
    assert page.status_code in CLEAR, f"{page.status_code} for {url[:80]}"
    return page, text


def with_values(name, values):
    """The address with these raw values in place of the arguments, which reversing would refuse."""
    fitting = {"urn": 990001, "pk": 1, "consent": 1, "reference": "X-XXXX-XXX", "token": "XTOKENX"}
    fitting["number"] = 7171
    fitting["key"] = "11111111-1111-1111-1111-111111111111"
    url = reverse(name, kwargs={argument: fitting[argument] for argument in NAMES[name]})
    for argument, value in values.items():
        url = url.replace(str(fitting[argument]), value, 1)
    return url


@pytest.mark.parametrize("name", of_both(name for name, arguments in NAMES.items() if arguments))
def test_an_address_that_nobody_of_ours_wrote_is_answered_clearly(world, name):
    for who in ("priya", "sam", "ruth", "hana", "ada"):
        client = client_of(world, who)
        for argument in NAMES[name]:
            for value in ARGUMENTS[argument]:
                for data in (None, {}):
                    page, _ = answer(client, with_values(name, {argument: value}), data)
                    assert page.status_code != 200 or name == "home:invitation-link"


@pytest.fixture
def somebody_elses(world):
    """What exists at another service: references and keys that no form of Quillbrook may take."""
    far = {"partnership": world.places[FAR]}
    consent = Consent.objects.filter(case__partnership=far["partnership"]).first()
    case, share = (model.objects.filter(**far).first() for model in (Case, Share))
    pot = Agreement.objects.filter(payer=far["partnership"]).first()
    order = Order.objects.filter(agreement__payer=far["partnership"]).first()
    return {"another service's " + type(row).__name__: str(getattr(row, "reference", row.pk))
            for row in (case, share, consent, order, pot)}  # fmt: skip


@pytest.mark.parametrize(
    "name", of_both(name for name, arguments in NAMES.items() if {*arguments} <= {"urn"})
)
def test_whatever_is_asked_of_a_page_in_its_address_is_answered_clearly(world, somebody_elses, name):
    url = with_values(name, {})
    for who in ("priya", "sam", "ruth", "hana"):
        client = client_of(world, who)
        for typed in (TYPED | somebody_elses).values():
            page, text = answer(client, url, QUERY_STRING=urlencode(dict.fromkeys(ASKED, typed[:2000])))
            assert not any(word.place == FAR for word in world.words.found_in(text))
            assert b"<img src=x>" not in page.content


def takes_a_form(page):
    return hasattr(page.callback.view_class, "post")


def open_forms(world, name):
    """(client, url, page) of the first who is given a form there."""
    clients = {}
    # The next person is nearer to a form than the next address is.
    for url, who in product(list(addresses_of(name, PAGES[name]))[:40], WHO):
        client = clients[who] = clients.get(who) or client_of(world, who)
        page = client.get(url)
        has_form = page.status_code == 200 and "html" in page.headers.get("Content-Type", "")
        if has_form and parsed(page).select_one("main form[method=post] [name]"):
            return [(client, url, page)]
    return []


def boxes(page):
    """Names of the text boxes of a form, and of all that can be filled in."""
    controls = parsed(page).select_one("main form[method=post]").select("[name]")
    texts = [box["name"] for box in controls if box.name == "textarea" or box.get("type") == "text"]
    return texts, [box["name"] for box in controls if box["name"] != "csrfmiddlewaretoken"]


@pytest.mark.parametrize("name", of_both(name for name, page in PAGES.items() if takes_a_form(page)))
def test_whatever_is_typed_into_a_form_gets_a_clear_page_and_stays_on_it(world, somebody_elses, name):
    for client, url, page in open_forms(world, name):
        texts, every = boxes(page)
        for kind, typed in (TYPED | somebody_elses).items():
            sent = [as_sent(page) | dict.fromkeys(texts, typed)]
            if kind in FORGED or kind in somebody_elses:
                sent.append(dict.fromkeys(every, typed))
            for data in sent:
                back, text = answer(client, url, data)
                assert not any(word.place == FAR for word in world.words.found_in(text))
                assert b"<img src=x>" not in back.content
                if back.status_code == 200 and "html" in back["Content-Type"] and kind != "NUL":
                    assert kept(back, texts, typed)


def kept(page, texts, typed):
    """Every box that came back holds what was typed; nothing is held where nothing was."""
    values = {box["name"]: value_of(box) for box in parsed(page).select("main form [name]")}
    return all(values.get(name, typed).strip() == typed.strip() for name in texts)
