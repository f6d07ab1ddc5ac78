"""The records are away while a request is sent: the SENCO loses no word, and it is there once."""

import re

import psycopg
from django.db import OperationalError

from consultations.models import DiscussionRequest
from consultations.views import requests

from .test_requests import ASKED


def away(*args, **kwargs):
    raise OperationalError from psycopg.OperationalError()


def test_what_was_sent_while_the_records_were_away_is_sent_again(hand, make_visit, sam, monkeypatch):
    make_visit()
    senco = hand(sam, quiet=False)
    senco.follow(re.compile("Tell us who to discuss on"))
    senco.choose("One child")
    senco.key("Tab")
    senco.type("Year 4")
    senco.key("Tab")
    senco.type(ASKED)
    senco.choose("Yes", "Do the parents or carers know about this?")
    with monkeypatch.context() as patch:
        patch.setattr(requests.services, "ask_to_discuss", away)
        senco.press("Send request")
        assert senco.says("Fortnight cannot reach its records just now")
        assert senco.says("Nothing of what you sent was saved.")
        senco.sees()
        senco.press("Send it again")
        assert senco.says("Nothing of what you sent was saved.")
    assert not DiscussionRequest.objects.exists()

    senco.press("Send it again")
    assert senco.says("Request sent.")
    assert DiscussionRequest.objects.get().sentence == ASKED
