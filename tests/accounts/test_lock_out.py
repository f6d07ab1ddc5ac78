"""After wrong tries an address is closed for a while, in the same words whether it has an account or not."""

import pytest
from django.core.cache import caches
from django.test import Client

from accounts.models import AuditEvent
from tests.filling import main_text, problems
from tests.places import PASSWORD
from tests.signing_in import CODE, LOGIN, code_of, give_app, type_password

WRONG = "The e-mail address or the password is not right"
TOO_MANY = "Too many wrong tries. Wait 15 minutes, then try again"
ADDRESSES = ["sam@cast.example", "nobody@cast.example"]


@pytest.fixture(autouse=True)
def limits(settings):
    """As in production: the test settings leave them out."""
    from config.settings import base

    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    return settings


def answers(address, passwords, **headers):
    return [Client(**headers).post(LOGIN, {"login": address, "password": word}) for word in passwords]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_sixth_try_is_refused_in_the_same_words_for_everybody(sam, address):
    pages = answers(address, ["wrong"] * 5 + ["wrong", PASSWORD])
    assert [problems(page) for page in pages] == [[WRONG]] * 5 + [[TOO_MANY]] * 2
    assert {page.status_code for page in pages} == {200}


def test_nothing_on_the_page_tells_an_account_from_none(sam):
    found = []
    for address in ADDRESSES:
        pages = answers(address, ["wrong"] * 7)
        found.append([main_text(page).replace(address, "x") for page in pages])
    assert found[0] == found[1]


def test_capitals_and_another_computer_make_no_difference(sam):
    answers("sam@cast.example", ["wrong"] * 3)
    answers("SAM@cast.example", ["wrong"] * 2, REMOTE_ADDR="192.0.2.7")
    (page,) = answers("Sam@cast.example", [PASSWORD], REMOTE_ADDR="192.0.2.8")
    assert problems(page) == [TOO_MANY]


def test_a_right_password_in_between_opens_and_is_not_counted(sam):
    answers(sam.email, ["wrong"] * 4)
    assert [page.status_code for page in answers(sam.email, [PASSWORD] * 3)] == [302] * 3
    assert problems(answers(sam.email, ["wrong", PASSWORD])[1]) == [TOO_MANY]


def test_one_address_closed_leaves_the_others_open(sam, dana):
    answers(sam.email, ["wrong"] * 6)
    assert type_password(Client(), dana).status_code == 302


def test_one_computer_that_tries_many_addresses_is_stopped(sam):
    pages = [answers(f"person{number}@cast.example", ["wrong"])[0] for number in range(31)]
    assert [problems(page) for page in pages[-2:]] == [[WRONG], [TOO_MANY]]
    assert type_password(Client(REMOTE_ADDR="192.0.2.9"), sam).status_code == 302


def test_codes_cannot_be_tried_out_either(required, sam):
    secret = give_app(sam)
    said = []
    for _ in range(6):
        client = Client()
        type_password(client, sam)
        said.append(problems(client.post(CODE, {"code": "000000"}))[0])
    assert said == ["The code is wrong or too old. Enter a new one"] * 5 + [TOO_MANY]
    assert problems(client.post(CODE, {"code": code_of(secret)})) == [TOO_MANY]


def test_sending_the_page_again_and_again_is_answered_with_a_page(db):
    pages = [Client().post(LOGIN, {}) for _ in range(61)]
    assert [page.status_code for page in pages[-2:]] == [200, 429]
    assert "Too many tries" in main_text(pages[-1])


def test_all_workers_count_together(settings, sam):
    """Each worker has its own memory, so what is counted lies in the database."""
    from config.settings import base

    settings.CACHES = base.CACHES
    caches["default"].clear()
    answers(sam.email, ["wrong"] * 5)
    caches.close_all()
    assert problems(answers(sam.email, [PASSWORD])[0]) == [TOO_MANY]


def test_typing_many_addresses_opens_no_locked_one(settings, sam):
    from config.settings import base

    settings.CACHES = base.CACHES
    answers(sam.email, ["wrong"] * 5)
    for number in range(400):
        caches["default"].set(f"another-{number}", [1.0], 900)
    assert problems(answers(sam.email, [PASSWORD])[0]) == [TOO_MANY]


def rows():
    return [
        (row.get_kind_display(), row.person and row.person.first_name, row.detail)
        for row in AuditEvent.objects.order_by("pk")
    ]


def test_wrong_tries_and_a_lock_out_are_written_down_once_and_without_what_was_typed(sam):
    answers(sam.email, ["hunter-2"] * 7)
    answers("hunter-2@cast.example", ["hunter-2"] * 6)
    assert rows() == [
        *[("Sign-in refused", "Sam", "Wrong password")] * 5,
        ("Locked out", "Sam", "Too many wrong tries"),
        *[("Sign-in refused", None, "Wrong password")] * 5,
        ("Locked out", None, "Too many wrong tries"),
    ]
    assert {row.address for row in AuditEvent.objects.all()} == {"127.0.0.1"}


def test_signing_in_and_out_is_written_down(client, required, sam):
    secret = give_app(sam)
    type_password(client, sam)
    client.post(CODE, {"code": "000000"})
    client.post(CODE, {"code": code_of(secret)})
    client.post("/account/logout/")
    assert rows() == [
        ("Sign-in refused", "Sam", "Wrong code"),
        ("Signed in", "Sam", "With password, totp"),
        ("Signed out", "Sam", ""),
    ]
