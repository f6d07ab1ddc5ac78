"""Somebody at a browser, who sends again what got no answer."""

import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from types import SimpleNamespace
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from accounts import second_factor
from tests.filling import as_sent

from .served import HOST

TOKEN = "t" * 32
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{HOST}"}
BY_SCRIPT = {"X-Requested-With": "fetch", "X-Answer": "where"}
# Longer than the database waits for a lock.
PATIENCE = 20
# For the slowest of machines: the product is back after two or three seconds.
MOST_SECONDS = 60


def signed_in(person):
    """The key of a new session of the person, second step included."""
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[second_factor.SESSION_KEY] = person.pk
    session.save()
    return session.session_key


class NoAnswer(Exception):
    """The connection broke, or nobody listened: nobody knows if it was done."""


class Person:
    def __init__(self, port, session_key):
        self.port = port
        cookies = f"__Host-sessionid={session_key}; __Host-csrftoken={TOKEN}"
        self.headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Cookie": cookies}
        # Every answer with 500 or above, and how often none came.
        self.failures, self.unanswered = [], 0

    def ask(self, method, path, body=None, **headers):
        begun = time.monotonic()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, self.headers | headers)
            response = connection.getresponse()
            content = response.read()
            answer = SimpleNamespace(status=response.status, headers=response.headers, content=content)
            answer.seconds = time.monotonic() - begun
        except (OSError, HTTPException) as problem:
            self.unanswered += 1
            raise NoAnswer(path) from problem
        finally:
            connection.close()
        if answer.status >= 500:
            self.failures.append(answer)
        return answer

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, data, **headers):
        sent = {**data, "csrfmiddlewaretoken": TOKEN}
        return self.ask("POST", path, urlencode(sent, doseq=True), **FORM, **headers)

    def until_done(self, act, *args):
        """Once more when there was no answer, or one that something went wrong; the first other answer."""
        give_up = time.monotonic() + MOST_SECONDS
        while time.monotonic() < give_up:
            try:
                answer = act(*args)
                if answer.status < 500:
                    return answer
            except NoAnswer:
                pass
            time.sleep(0.1)
        raise AssertionError(f"not done within {MOST_SECONDS} seconds")


class OpenForm:
    """A page with a form that saves drafts, open in a tab."""

    def __init__(self, person, url, **answers):
        self.person, self.url = person, url
        page = person.until_done(person.get, url)
        assert page.status == 200, (page.status, page.headers.get("Location"))
        self.data = as_sent(page) | answers

    def new_keys(self):
        """As if the page had been opened once more."""
        self.data |= {"form_key": str(uuid4()), "page_key": str(uuid4())}

    def keep_draft(self):
        """One try, as the script makes one: the next would come seconds later."""
        with suppress(NoAnswer):
            self.person.post(f"{self.url}?autosave=1", self.data, **{"X-Requested-With": "fetch"})

    def send(self):
        return self.person.post(self.url, self.data, **BY_SCRIPT)

    def save(self):
        """Press Save until there is an answer; the answer."""
        return self.person.until_done(self.send)
