"""The demo's e-mail worker: it runs beside the server, writes into a folder, and stops with it."""

import re
import threading
import time
from datetime import time as time_of_day
from datetime import timedelta

import pytest

from accounts.models import Delivery
from accounts.services import save_tracked
from consultations.models import PlanRules
from home.demo import post
from tests.plans import next_weekday


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


@pytest.mark.django_db(transaction=True)
def test_it_sends_the_e_mails_of_this_week_with_nothing_about_a_child(
    make_plan, sam, calendar, today, settings, tmp_path
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    plan = make_plan(
        "agreed", on=today - timedelta(weeks=8), review_on=next_weekday(today - timedelta(weeks=1))
    )
    rules = PlanRules(service=plan.partnership.service, digest_weekday=0, digest_at=time_of_day(0, 0))
    save_tracked(rules, by=plan.started_by, reason="Set up")
    post.put_past_emails_away()
    before = Delivery.objects.count()
    for _ in range(2):  # a demo that is started again sends them once
        stop = post.start_worker()
        wait_until_sent(before + 2)
        stop()
    letters = [letter.read_text() for letter in tmp_path.iterdir()]
    assert sorted(to for letter in letters for to in re.findall("^To: (.*)$", letter, re.MULTILINE)) == [
        "priya@cast.example",
        "sam@cast.example",
    ]
    assert all("1 review is due" in letter for letter in letters)
    assert not any(word in letter for letter in letters for word in (plan.case.first_name, plan.reference))


def wait_until_sent(number=1):
    end = time.monotonic() + 20
    while Delivery.objects.filter(state="sent").count() < number:
        assert time.monotonic() < end, "nothing was sent"
        time.sleep(0.05)


def test_the_links_of_a_demo_on_another_port_lead_there(settings):
    settings.BASE_URL = "before"
    post.links_lead_to("http://127.0.0.1:8102")
    assert settings.BASE_URL == "http://127.0.0.1:8102"
