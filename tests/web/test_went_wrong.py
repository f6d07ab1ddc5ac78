"""When something goes wrong the page says what became of what was sent, and it is true."""

import errno
import sqlite3

import psycopg
import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from web.failures import AWAY, FULL, OURS, kind_of

OUR_OWN = {"headers": {"Origin": "http://testserver"}}
NOTHING = "Nothing of what you sent was saved."
SAVED = "What you sent was saved, all of it or a part. Look at it before you send anything again."
NOT_SURE = "We could not tell if what you sent was saved. Look if it is there before you send it again."
AGAIN = "What you typed is not lost: it is kept in this page."


def caused(error, cause):
    error.__cause__ = cause
    return error


def of_sqlite(code):
    cause = sqlite3.OperationalError("zq-secret")
    cause.sqlite_errorcode = code
    return caused(OperationalError("zq-secret"), cause)


def of_postgres(kind):
    return caused(OperationalError("zq-secret"), kind("zq-secret"))


GONE = of_postgres(psycopg.OperationalError)
ROOM = of_postgres(psycopg.errors.DiskFull)


def save(name):
    Group.objects.create(name=name)


def before(request):
    with transaction.atomic():
        save("taken back")
        raise ValueError("zq-secret")


def after(request):
    with transaction.atomic():
        save("kept")
    raise ValueError("zq-secret")


def lost(request):
    with transaction.atomic():
        save("who knows")
        raise GONE


def away(request):
    raise GONE


def full(request):
    raise ROOM


def looking(request):
    raise ValueError("zq-secret")


def fine(request):
    save(request.POST["what"])
    return HttpResponse("saved")


handler500 = "web.errors.server_error"
urlpatterns = [path(f"{page.__name__}/", page) for page in (before, after, lost, away, full, looking, fine)]
BARE = ["web.request_log.RequestLog", "django.middleware.csrf.CsrfViewMiddleware"]
OURS_ALONE = override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=BARE)


@pytest.fixture
def send(soup):
    """(status, the sentences of the page, the form it offers) of sending a form of ours to an address."""

    def sent(address, data=None, **how):
        client = Client(raise_request_exception=False)
        page = client.post(f"/{address}/", data or {"what": "A calm start"}, **(OUR_OWN | how))
        assert "zq-secret" not in page.text
        main = soup(page.content).main
        return page, " ".join(main.text.split()), main.form

    return sent


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("address", "status", "said", "kept"),
    [
        ("before", 500, NOTHING, []),
        ("after", 500, SAVED, ["kept"]),
        ("lost", 503, NOT_SURE, []),
        ("away", 503, NOTHING, []),
        ("full", 503, NOTHING, []),
    ],
)
@OURS_ALONE
def test_it_says_what_was_saved_and_that_is_so(send, address, status, said, kept):
    Group.objects.all().delete()
    page, words, form = send(address)
    assert page.status_code == status
    assert [sentence for sentence in (NOTHING, SAVED, NOT_SURE) if sentence in words] == [said]
    assert list(Group.objects.values_list("name", flat=True)) == kept
    assert (form is None) == (said == SAVED)
    assert (AGAIN in words) == (said != SAVED)
    assert page["X-Request-ID"] in words
    assert page.get("Retry-After") == (None if status == 500 else "30")


@pytest.mark.django_db
@OURS_ALONE
def test_what_was_typed_can_be_sent_again_from_the_page(send):
    page, _, form = send("before", {"what": '"><b>line 1\nline 2', "csrfmiddlewaretoken": "stale"})
    assert form["action"] == "/before/"
    fields = {box["name"]: box["value"] for box in form("input")}
    assert fields["what"] == '"><b>line 1\nline 2'
    assert fields["csrfmiddlewaretoken"] != "stale"
    again = Client(enforce_csrf_checks=True)
    again.cookies = page.cookies
    assert again.post("/fine/", fields, **OUR_OWN).text == "saved"


@OURS_ALONE
def test_a_password_and_a_form_of_another_site_do_not_come_back(send):
    for data, how in [
        ({"login": "sam@school.example", "password": "s3cret"}, {}),
        ({"what": "A calm start"}, {"headers": {"Origin": "https://evil.example"}}),
    ]:
        page, words, form = send("away", data, **how)
        assert form is None
        assert "s3cret" not in page.text
        assert AGAIN not in words


@OURS_ALONE
def test_who_only_looked_is_told_that_nothing_was_changed(soup):
    page = Client(raise_request_exception=False).get("/looking/")
    assert page.status_code == 500
    assert "You had sent nothing to save, so nothing was changed." in soup(page.content).main.text
    assert soup(page.content).main.form is None


def test_the_page_needs_no_database(monkeypatch, settings):
    """With all that stands around a page of ours, and a database that is away from the first question on."""

    def gone(*args, **kwargs):
        raise GONE

    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32
    monkeypatch.setattr(connection, "cursor", gone)
    # What a kept question asks for first (web.kept_plans).
    monkeypatch.setattr(connection, "ensure_connection", gone)
    page = client.post("/requests/add/", {"about": "A calm start"}, **OUR_OWN)
    assert page.status_code == 503
    assert "Fortnight cannot reach its records just now" in page.text
    assert NOTHING in page.text
    assert "A calm start" in page.text
    assert "no-store" in page["Cache-Control"]


def postgres(code):
    return of_postgres(psycopg.errors.lookup(code))


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (of_sqlite(sqlite3.SQLITE_FULL), FULL),
        (of_sqlite(sqlite3.SQLITE_IOERR_SHMSIZE), FULL),
        (of_sqlite(sqlite3.SQLITE_IOERR_READ), OURS),
        (of_sqlite(sqlite3.SQLITE_BUSY), AWAY),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), AWAY),
        (of_sqlite(sqlite3.SQLITE_ERROR), OURS),
        (postgres("53100"), FULL),
        (postgres("57P01"), AWAY),
        (postgres("57P03"), AWAY),
        (postgres("08006"), AWAY),
        (postgres("53300"), AWAY),
        (postgres("40P01"), OURS),
        (postgres("57014"), OURS),
        (GONE, AWAY),
        (InterfaceError("closed"), AWAY),
        (caused(IntegrityError(), psycopg.errors.lookup("23505")()), OURS),
        (DatabaseError(), OURS),
        (OSError(errno.ENOSPC, "full"), FULL),
        (OSError(errno.EACCES, "no"), OURS),
        (caused(RuntimeError(), GONE), AWAY),
        (None, OURS),
    ],
)
def test_an_error_is_known_by_its_code_and_never_by_its_words(error, kind):
    assert kind_of(error) == kind
