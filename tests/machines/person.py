"""Somebody at a browser, who sends again what got no answer."""

import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from accounts import second_factor
from tests.filling import as_sent
from tests.places import PASSWORD
from tests.signing_in import CODE, LOGIN, code_of

from .product import HOST

SESSION, TOKEN = "__Host-sessionid", "__Host-csrftoken"
BACKEND = settings.AUTHENTICATION_BACKENDS[0]
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{HOST}"}
BY_SCRIPT = {"X-Requested-With": "fetch", "X-Answer": "where"}
# Seconds; longer than the database waits for a lock.
PATIENCE = 30
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
    """With the key of a session that is theirs, or one who signs in."""

    def __init__(self, port, session_key=None):
        self.port, self.cookies = port, {TOKEN: "t" * 32}
        if session_key:
            self.cookies[SESSION] = session_key
        # Every answer with 500 or above, and how often none came.
        self.failures, self.unanswered = [], 0

    def ask(self, method, path, body=None, **headers):
        begun = time.monotonic()
        try:
            response, content = self.exchange(method, path, body, headers)
        except (OSError, HTTPException) as problem:
            self.unanswered += 1
            raise NoAnswer(path) from problem
        self.keep_cookies(response)
        answer = SimpleNamespace(status=response.status, headers=response.headers, content=content)
        answer.text = content.decode(errors="replace")
        answer.to = urlsplit(response.headers.get("Location", "")).path
        answer.seconds = time.monotonic() - begun
        if answer.status >= 500:
            self.failures.append(answer)
        return answer

    def exchange(self, method, path, body, headers):
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        always = {"Host": HOST, "X-Forwarded-Proto": "https", "Cookie": cookie}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, always | headers)
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    def keep_cookies(self, response):
        for line in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, data, **headers):
        sent = {**data, "csrfmiddlewaretoken": self.cookies[TOKEN]}
        return self.ask("POST", path, urlencode(sent, doseq=True), **FORM, **headers)

    def sign_in(self, account, secret, password=PASSWORD):
        """With a password and the code of an app that was given this secret."""
        answer = self.post(LOGIN, {"login": account.email, "password": password})
        return self.post(CODE, {"code": code_of(secret)}) if answer.to == CODE else answer

    def forget_writing(self):
        """As the browser does after some seconds."""
        self.cookies.pop("wrote", None)

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
    """A page with a form, open in a tab and filled in."""

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

    def press(self):
        """Send it as a browser without scripts does."""
        return self.person.post(self.url, self.data)

    def send(self):
        """Send it as the script of forms that keep drafts does."""
        return self.person.post(self.url, self.data, **BY_SCRIPT)

    def save(self):
        """Press Save until there is an answer; the answer."""
        return self.person.until_done(self.send)
