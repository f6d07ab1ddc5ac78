"""An organisation's own sign-in, served on this machine: real requests, and tokens really signed."""

import base64
import hashlib
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "fortnight", "known to both"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Organisation:
    """`person` is who signs in there and what is said of them; `token` changes what its token says."""

    def __init__(self, server):
        self.url = f"http://127.0.0.1:{server.server_port}"
        self.person = {"sub": "1234", "email": "sam@cast.example", "email_verified": True}
        self.token, self.userinfo, self.key, self.kid = {}, {}, KEY, "key-1"
        self.asked, self.codes, self.cancels, self.down = {}, {}, False, False

    def settings(self, **more):
        """What SOCIALACCOUNT_PROVIDERS takes, as the settings make it of the environment."""
        from config.settings.providers import claims

        how = {"server_url": self.url, "auth_params": {"acr_values": "AAL2"}, "verified_email": []}
        how |= {"second_factor": claims("amr=mfa,hwk;acr=AAL3_ANY")} | more
        app = {
            "provider_id": "nhs",
            "name": "NHS CIS2",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": how,
        }
        return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}

    def configuration(self):
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        ends["userinfo_endpoint"] = "userinfo"
        return {"issuer": self.url} | {name: f"{self.url}/{path}" for name, path in ends.items()}

    def keys(self):
        return {"keys": [json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "key-1"}]}

    def authorize(self, query):
        """Where the browser is sent back to, once the person has signed in there."""
        self.asked = query
        answer = {"error": "access_denied"} if self.cancels else {"code": "the-code"}
        self.codes = {"the-code": query.get("code_challenge")}
        return f"{query['redirect_uri']}?{urlencode(answer | {'state': query['state']})}"

    def answer_token(self, sent):
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if self.codes.pop(sent.get("code"), None) != challenge or sent.get("client_secret") != SECRET:
            return None
        return {"access_token": "of-sam", "token_type": "Bearer", "id_token": self.id_token()}

    def id_token(self):
        now = int(time.time())
        said = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300} | self.person | self.token
        return jwt.encode(said, self.key, algorithm="RS256", headers={"kid": self.kid})


def handler_of(get):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            organisation, parts = get(), urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if organisation.down:
                return self.say(503, {})
            if parts.path == "/authorize":
                return self.lead(organisation.authorize(query))
            pages = {
                "/.well-known/openid-configuration": organisation.configuration,
                "/keys": organisation.keys,
            }
            pages["/userinfo"] = lambda: organisation.person | organisation.userinfo
            return self.say(200, pages[parts.path]())

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            answer = get().answer_token({name: values[0] for name, values in parse_qs(body).items()})
            return self.say(200, answer) if answer else self.say(400, {"error": "invalid_grant"})

        def lead(self, url):
            self.send_response(302)
            self.send_header("Location", url)
            self.end_headers()

        def say(self, status, content):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def log_message(self, *args):
            """Nothing on the screen of the tests."""

    return Handler


@pytest.fixture
def organisation(settings):
    found = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(lambda: found["it"]))
    found["it"] = Organisation(server)
    settings.SOCIALACCOUNT_PROVIDERS = found["it"].settings()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found["it"]
    server.shutdown()
    server.server_close()
    thread.join()
