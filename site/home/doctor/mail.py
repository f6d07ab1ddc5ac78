from django.conf import settings

from accounts.mail import greet, send_test

from .findings import fine, must_mend, warn
from .set_up import real


def server_greets(about, asked):
    if "smtp" not in settings.EMAIL_BACKEND:
        tell = must_mend if real() else warn
        yield tell(about, "no e-mail leaves this machine.", "Set EMAIL_URL to your mail server.")
        return
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        greet()
        if asked.send_to:
            send_test(asked.send_to)
    # The library has errors of many kinds, and the socket below it more.
    except Exception as problem:
        mend = "Check EMAIL_URL: host, port, user, password, and whether it wants TLS."
        yield must_mend(about, f"{where} refused us ({type(problem).__name__}).", mend)
        return
    said = f"{where} lets us in."
    yield fine(about, f"{said} A test is on its way to {asked.send_to}." if asked.send_to else said)
