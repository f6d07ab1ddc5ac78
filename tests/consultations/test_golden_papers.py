"""Each paper whole: what its PDF says, line by line, of one world with fixed days.

The texts stand in golden/. After a change that is meant, WRITE_GOLDEN=1 writes them anew; read the
difference.
"""

import os
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.services import save_tracked
from consultations.models import Case, ParentsMeeting, Referral, ReferralUpdate, StageMove
from consultations.services import hand_to_parents, share_consultation
from schools.services import add_period
from tests.consents import answer
from tests.handing_out import hand_out_as_read
from tests.maya import GOALS, MAYA, PEOPLE, REVIEW_ON, WRITTEN_ON
from tests.plans import as_it_is_now
from tests.records import local
from web.words import longdate

GOLDEN = Path(__file__).parent / "golden"
HELD_BACK = ["concern", "why_now", "strengths", "since_when", "how_often", "setting", "other_agencies"]
HELD_BACK += ["attendance", "childs_view", "childs_view_how", "parents_view"]
MET_ON, TALKED_ON, ENDED_ON, AGAIN_ON = (date(2026, *day) for day in ((10, 1), (11, 10), (11, 23), (11, 24)))


@pytest.fixture(autouse=True)
def the_same_references(monkeypatch):
    """They take the same room on every run. In the golden texts their names stand in their place."""
    monkeypatch.setattr("secrets.choice", Random(1).choice)


@pytest.fixture(autouse=True)
def the_same_school_year(monkeypatch):
    """A child's year group goes on each September."""
    monkeypatch.setattr(Case, "year", "Year 4")


@pytest.fixture
def world(
    make_consultation, maya_plan, mayas_review, mayas_steps, library, service, priya, sam, admin_person
):
    """Two cycles of Maya, the first finished: two talks of which one is shared, reviews, a copy for her
    mother, a meeting, a stage, a referral that the school may hear of; and what no paper repeats."""
    add_period(service, "term", date(2026, 9, 1), date(2026, 10, 23), by=admin_person, name="Autumn term 1")
    kept = {name: f"canary-{name}" for name in HELD_BACK}
    kept |= {"clinical_note": "canary-note", "tried": [("canary-tried", "helped")], "risk": "to_tell"}
    asked = replace(MAYA, consent=replace(MAYA.consent, given_on=WRITTEN_ON))
    talk = make_consultation(
        about=asked, people=PEOPLE, held_at=local(WRITTEN_ON, 9), at=local(WRITTEN_ON, 10), minutes=50, **kept
    )
    strategy = library["begin-with-what-they-can-do"]
    first = maya_plan(consultation=talk, steps=[replace(mayas_steps[0], strategy=strategy), mayas_steps[1]])
    share_consultation(talk, by=priya, at=local(WRITTEN_ON, 12), opened_version=talk.version)
    note = "Better with Tess than with supply staff."
    mayas_review(first, REVIEW_ON, [4, 2], note=note, next_review_on=ENDED_ON)
    handing = {"on": REVIEW_ON, "by": sam, "at": local(REVIEW_ON, 16)}
    copy = hand_to_parents(as_it_is_now(first).versions.get(), to="Maya's mother", **handing)
    later = {"held_at": local(TALKED_ON, 9), "at": local(TALKED_ON, 10), "agreed": "canary-agreed"}
    make_consultation(about=talk.case, clinical_note="canary-later", **later)
    finished = {"overall": "finished", "next_review_on": None, "by": priya}
    mayas_review(first, ENDED_ON, [6, 4], **finished)
    steps = [mayas_steps[1]]
    texts = {"on": AGAIN_ON, "review_on": date(2027, 1, 11), "concern": "Maya worries on Sundays."}
    second = maya_plan(case=talk.case, goals=GOALS[1:], steps=steps, **texts)
    happened(talk.case, first, priya, sam)
    return {"case": talk.case, "plan": first, "second": second, "copy": copy}


def happened(case, plan, priya, sam):
    written = {"written_at": local(MET_ON, 16), "written_by": priya}
    answer(case, "refer_on", by=priya, given_on=MET_ON)
    made = {"case": case, "to": "Speech and language therapy", "made_on": MET_ON, "due_on": date(2027, 1, 4)}
    rows = [
        ParentsMeeting(
            **{"plan": plan, "held_on": MET_ON, "who_came": "Maya's mother", "views": "Happier at home."},
            **{"agreed": "Go on as before.", "written_at": local(TALKED_ON, 16), "written_by": sam},
        ),
        StageMove(
            **{"case": case, "stage": "parents_involved", "moved_on": MET_ON, "reason": "Her mother asked."},
            **{"decided_by": "Priya and Sam", **written},
        ),
        referral := Referral(**made, **written),
    ]
    for row in rows:
        save_tracked(row, by=priya, reason="Written")
    heard = {"status": "accepted", "heard_on": REVIEW_ON, "feedback": "Seen before Easter."}
    save_tracked(ReferralUpdate(referral=referral, **heard, **written), by=priya, reason="Heard")


def handed_out(name, of="case", **asked):
    """The PDF of a paper that is handed out from its page."""

    def pdf(client, world):
        page = reverse(f"consultations:{name}", args=[world[of].reference])
        paper = hand_out_as_read(client, page, asked, follow=True)
        return paper if name != "plan-paper" else client.get(f"{paper.request['PATH_INFO']}paper.pdf")

    return pdf


def printed(client, world):
    return client.get(reverse("consultations:plan-pdf", args=[world["second"].reference]))


def copy_for_parents(client, world):
    return client.get(reverse("consultations:share-pdf", args=[world["copy"].reference]))


PAPERS = {
    "plan": handed_out("plan-paper", of="plan", request="1"),
    "next plan from the screen": printed,
    "copy for parents": copy_for_parents,
    "evidence pack": handed_out("evidence"),
    "chronology": handed_out("chronology"),
    "chronology for clinicians": handed_out("chronology", **{"for": "clinicians"}),
}


def said(page, world):
    """The lines of all pages, with names in place of what differs from run to run."""
    assert page["Content-Type"] == "application/pdf"
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(page.content)).pages]
    lines = [line.rstrip() for sheet in sheets for line in [*sheet.split("\n"), "-" * 40]]
    text = "\n".join([*lines, ""])
    for name, record in world.items():
        text = text.replace(record.reference, f"<{name}>")
    today = longdate(timezone.now())
    for before, after in [("handed out on ", ""), ("Printed\n", " from"), ("\n", "\nPriya Nair")]:
        text = text.replace(f"{before}{today}{after}", f"{before}<today>{after}")
    return text


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_says_what_stands_in_its_golden_text(client, sign_in, priya, sam, world, name):
    reader = priya if name == "chronology for clinicians" else sam
    found = said(PAPERS[name](sign_in(client, reader), world), world)
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("WRITE_GOLDEN"):
        golden.write_text(found)
    # Where a line ends depends on the hour: "10:15pm" takes more room than "9:15am".
    assert found.split() == golden.read_text().split()
    assert "canary" not in found


def test_every_golden_text_is_of_a_paper():
    assert {path.stem for path in GOLDEN.iterdir()} == {*PAPERS}
