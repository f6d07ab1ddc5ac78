"""Somebody at a browser: signs in, keeps cookies, and sends again what got no answer."""

import time
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit

from tests.filling import as_sent
from tests.places import PASSWORD
from tests.signing_in import CODE, LOGIN, code_of

HOST = "fortnight.example"
TOKEN = "__Host-csrftoken"


class Person:
    """`secret` is what their authenticator app was given."""

    def __init__(self, port, account, secret):
        self.port, self.email, self.secret, self.cookies = port, account.email, secret, {}

    def ask(self, method, path, data=None):
        headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Referer": f"https://{HOST}/"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if data is not None:
            body = urlencode({**data, "csrfmiddlewaretoken": self.cookies[TOKEN]}, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        to = urlsplit(response.headers.get("Location", "")).path
        return SimpleNamespace(status=response.status, content=content, text=content.decode(), to=to)

    def get(self, path):
        return self.ask("GET", path)

    def patiently(self, method, path, data=None):
        """The answer, and how many tries got none: nobody knew then if it was done."""
        for without in range(100):
            try:
                return self.ask(method, path, data), without
            except (OSError, HTTPException):
                time.sleep(0.1)
        raise AssertionError(f"{method} {path} is never answered")

    def sign_in(self, password=PASSWORD):
        self.get(LOGIN)
        answer = self.ask("POST", LOGIN, {"login": self.email, "password": password})
        if answer.to == CODE:
            self.get(CODE)
            answer = self.ask("POST", CODE, {"code": code_of(self.secret)})
        return answer

    def forget_writing(self):
        """As the browser does after some seconds."""
        self.cookies.pop("wrote", None)

    def fill_in(self, path, **answers):
        """The page's form as it would be sent, with these answers."""
        page, _ = self.patiently("GET", path)
        assert page.status == 200, (path, page.status, page.to)
        return as_sent(page) | answers

    def send(self, path, **answers):
        return self.ask("POST", path, self.fill_in(path, **answers))
