"""The SENCO asks to discuss a child in four clicks; the clinician logs it, and types nothing twice."""

import re

from consultations.models import Consultation, DiscussionRequest

from .steps import SENCO, finish_talk

ASKED = "A child in Year 4 cries at the gate most mornings."


def test_what_the_school_asks_is_logged_from_the_visit(hand, make_visit, sam, priya):
    make_visit()
    senco = hand(sam)
    asks(senco)
    request = DiscussionRequest.objects.get()
    assert (request.year_group, request.sentence, request.how_soon) == (4, ASKED, "next_visit")

    clinician = hand(priya)
    assert clinician.says("1 request from the school")
    clinician.press("Start visit")
    assert clinician.says(ASKED)
    clinician.sees()
    clinician.follow(re.compile("Log this"))
    logs(clinician)
    request.refresh_from_db()
    talk = Consultation.objects.get()
    assert (request.discussed_in, talk.concern) == (talk, ASKED)
    assert talk.tried.get().what == "A later start"
    assert (talk.case.lane, talk.case.year_group) == ("no_names", 4)
    assert not clinician.says("Sam Whitlock asked")

    senco.page.goto(senco.page.url)
    assert senco.says("Talked about on")
    senco.sees()


def asks(senco):
    with senco.counting() as cost:
        senco.follow(re.compile("Tell us who to discuss on"))
        senco.sees()
        senco.choose("One child")
        senco.key("Tab")
        senco.type("Year 4")
        senco.key("Tab")
        senco.type(ASKED)
        senco.key("Tab")
        senco.type("A later start")
        senco.choose("Yes", "Do the parents or carers know about this?")
        senco.press("Send request")
    assert (cost.clicks, cost.pages) == (4, 2)
    assert senco.says("Request sent.")


def logs(clinician):
    """Whom it is about, the concern and what was tried are there already."""
    clinician.tick(SENCO)
    clinician.choose("30 minutes")
    clinician.tick("Worry or anxiety")
    clinician.page.get_by_label("Did it help?").first.select_option(label="Partly")
    finish_talk(clinician, note="", next_step="Nothing more")
