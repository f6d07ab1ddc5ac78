"""A client that does what a browser does with one page at a time, and counts bytes and time."""

import gzip
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode

from django.conf import settings

from tests.filling import as_sent


@dataclass
class Answer:
    status: int
    headers: dict
    packed: bytes
    seconds: float

    @property
    def content(self):
        is_packed = self.headers.get("content-encoding") == "gzip"
        return gzip.decompress(self.packed) if is_packed else self.packed

    @property
    def text(self):
        return self.content.decode()


def filled(page, answers):
    """What a page's form would send with these answers. What is None is not sent."""
    if page.status != 200:
        raise RuntimeError(f"A form answers {page.status}.")
    return {name: value for name, value in (as_sent(page) | answers).items() if value is not None}


class Browser:
    def __init__(self, port, session):
        self.port, self.cookies = port, {settings.SESSION_COOKIE_NAME: session}

    def get(self, path, **headers):
        return self.ask("GET", path, None, headers)

    def post(self, path, fields, **headers):
        """`fields` as `form` gave them."""
        token = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(fields | token, doseq=True), headers)

    def form(self, path, **answers):
        """The fields of a page's form, filled in."""
        return filled(self.get(path), answers)

    def ask(self, method, path, body, headers):
        """A connection for each: gunicorn's ordinary worker keeps none open."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": cookie, "Accept-Encoding": "gzip"} | headers
        sent = {name.replace("_", "-"): value for name, value in sent.items()}
        begun = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, path, body, sent)
        response = connection.getresponse()
        packed = response.read()
        seconds = time.perf_counter() - begun
        connection.close()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, packed, seconds)
