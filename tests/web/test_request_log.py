"""One line for each request and each error, and never a word that somebody wrote."""

import io
import json
import logging
import re
import sys
import threading

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from config.settings.logs import json_lines
from web.json_log import JsonLine, log_what_nobody_catches
from web.request_log import RequestLog, current, number_of

pytestmark = pytest.mark.one_database
SECRET = "zq-robin-otter"
urlpatterns = [path("page/<str:secret>/", lambda request, secret: HttpResponse("ok"), name="a-page")]


@pytest.fixture
def lines():
    """What is logged, as production would print it."""
    out = io.StringIO()
    handler, root = logging.StreamHandler(out), logging.getLogger()
    handler.setFormatter(JsonLine())
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)


def error_of(raise_it):
    """The line of an error, with its message."""
    try:
        raise_it()
    except Exception as error:
        record = logging.LogRecord("django.request", 40, "views.py", 7, "Failed: %s", (SECRET,), None)
        record.exc_info = (type(error), error, error.__traceback__)
        return JsonLine().format(record)


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=["web.request_log.RequestLog"])
def test_a_request_is_one_line_with_the_name_of_the_page_and_not_its_address(lines):
    response = Client().get(f"/page/{SECRET}/?find={SECRET}", headers={"X-Request-ID": "a" * 32})
    (line,) = lines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("time"))
    assert line.pop("ms") >= 0
    assert line.pop("at").startswith("request_log:")
    assert line == {
        "level": "INFO",
        "logger": "web.requests",
        "event": "request",
        "request": "a" * 32,
        "method": "GET",
        "page": "a-page",
        "status": 200,
        "queries": 0,
    }
    assert response["X-Request-ID"] == "a" * 32
    assert current() is None


@pytest.mark.parametrize("given", ["", "short", "robin.otter", "a" * 41, "A" * 32, "a" * 31 + "\n", "-" * 32])
def test_a_number_that_could_be_a_name_is_replaced(given):
    number = number_of(RequestFactory().get("/", headers={"X-Request-ID": given}))
    assert re.fullmatch("[0-9a-f]{12}", number)


def test_two_requests_have_two_numbers():
    answer = RequestLog(lambda request: HttpResponse())
    numbers = {answer(RequestFactory().get("/"))["X-Request-ID"] for _ in range(2)}
    assert len(numbers) == 2


def test_of_an_error_its_class_and_its_places_are_kept_and_no_message():
    def refuse():
        try:
            raise KeyError(SECRET)
        except KeyError as problem:
            raise ValueError(f"row {SECRET}") from problem

    line = error_of(refuse)
    assert SECRET not in line
    first, second = json.loads(line)["errors"]
    assert (first["type"], second["type"]) == ("builtins.ValueError", "builtins.KeyError")
    assert first["places"][-1].startswith("tests/web/test_request_log.py:")
    assert first["places"][-1].endswith(" refuse")
    assert json.loads(line)["event"] == "Failed: %s"


@pytest.mark.parametrize(
    ("name", "text", "arguments", "event"),
    [
        ("django.security.SuspiciousOperation", f"Bad {SECRET}", (), ""),
        ("allauth", "No account %s", (SECRET,), "No account %s"),
        ("wagtail", SuspiciousOperation(SECRET), ("x",), ""),
        ("accounts.tasks", "E-mail %s could not be sent", ("key",), "E-mail key could not be sent"),
    ],
)
def test_of_texts_of_others_only_the_template_is_kept(name, text, arguments, event):
    line = json.loads(JsonLine().format(logging.LogRecord(name, 40, "x.py", 1, text, arguments, None)))
    assert line["event"] == event
    assert SECRET not in json.dumps(line)


def test_everything_goes_through_the_one_formatter():
    settings = json_lines()
    assert [handler["formatter"] for handler in settings["handlers"].values()] == ["json"]
    assert [entry for entry in settings["loggers"].values() if entry.get("handlers")] == []
    assert settings["root"]["handlers"] == ["stdout"]


def test_an_error_that_nobody_caught_goes_the_same_way(lines, monkeypatch, capfd):
    for holder in (sys, threading):
        monkeypatch.setattr(holder, "excepthook", holder.excepthook)
    log_what_nobody_catches()
    sys.excepthook(ValueError, ValueError(SECRET), None)
    ends = threading.Thread(target=lambda: int(SECRET))
    ends.start()
    ends.join()
    first, second = lines()
    assert (first["level"], first["errors"][0]["type"]) == ("CRITICAL", "builtins.ValueError")
    assert second["errors"][0]["type"] == "builtins.ValueError"
    assert SECRET not in f"{lines()} {capfd.readouterr()}"
