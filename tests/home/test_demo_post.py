"""The demo's e-mail worker: it runs beside the server, writes into a folder, and stops with it."""

import threading
import time

import pytest

from accounts.models import Delivery
from home.demo import post


def names_of_threads():
    return [thread.name for thread in threading.enumerate()]


@pytest.mark.django_db(transaction=True)
def test_it_sends_into_a_folder_until_it_is_stopped(invite, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    invite()
    stop = post.start_worker()
    assert "e-mails" in names_of_threads()
    wait_until_sent()
    stop()
    assert "e-mails" not in names_of_threads()
    (letter,) = tmp_path.iterdir()
    assert "Subject: You have been invited to Willowmere CAMHS in Schools" in letter.read_text()


def wait_until_sent():
    end = time.monotonic() + 20
    while not Delivery.objects.filter(state="sent").exists():
        assert time.monotonic() < end, "nothing was sent"
        time.sleep(0.05)


def test_the_links_of_a_demo_on_another_port_lead_there(settings):
    settings.BASE_URL = "before"
    post.links_lead_to("http://127.0.0.1:8102")
    assert settings.BASE_URL == "http://127.0.0.1:8102"
