"""Two weeks later: the school reviews the plan, the clinician changes it, the school agrees it again.

No clock is turned: the visit, the consultation and the plan are made two weeks ago, through the services.
"""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from consultations.models import Purpose
from consultations.services import NewConsent, finish_visit
from tests.plans import next_weekday
from tests.records import local, minutes, named_child

from .outsiders import cannot_tell, never_holds
from .steps import a_known_child, log, save_download, two_hours_pass

CANARY = "canary-7Q"
WHY = "Mornings are calmer, so weekly is enough."


@pytest.fixture
def two_weeks_on(library, calendar, make_visit, make_consultation, make_plan, priya, sam, today):
    """The agreed plan of a visit two weeks ago, due for its review; and the visit today, not begun."""
    day = today - timedelta(days=14)
    before = make_visit(days=-14, started=True)
    both = (Purpose.DISCUSS_BY_NAME, Purpose.SHARE_PLAN)
    robin = named_child(consent=NewConsent("parent", "phone", day, purposes=both))
    talk = make_consultation(
        about=robin, visit=before, at=local(day, 10), clinical_note=CANARY, next_step="start_plan", risk="no"
    )
    plan = make_plan("agreed", consultation=talk, on=day, review_on=next_weekday(today))
    before.refresh_from_db()
    times = {"at": local(day, 12), "ended_at": local(day, 12)}
    finish_visit(before, by=priya, opened_version=before.version, minutes=minutes(30, writing_up=15), **times)
    return plan, make_visit()


def test_from_the_review_to_the_finished_visit(hand, two_weeks_on, priya, sam, owen, noor):
    plan, visit = two_weeks_on
    senco = hand(sam)
    reviews(senco, plan)
    clinician = hand(priya)
    changes_the_plan(clinician, plan)
    agrees_again(senco, plan)
    logs_a_known_child(clinician)
    two_hours_pass(visit, by=priya)
    finishes_the_visit(clinician)
    for reader in (senco, clinician):
        reads_the_history(reader, plan)
    downloads_the_plan(senco, plan)

    addresses = {*clinician.addresses, *senco.addresses, f"{plan.get_absolute_url()}plan.pdf"}
    never_holds(senco, addresses, [CANARY])
    for outsider in (hand(owen), hand(noor)):
        cannot_tell(outsider, addresses, ["Robin", "Quillbrook", CANARY, plan.reference])


def reviews(sam, plan):
    assert sam.heading() == "You have 2 things to do"
    sam.sees()
    with sam.counting() as cost:
        sam.follow(re.compile(f"Review plan {plan.reference}"))
        sam.choose("Some progress, carry on")
        sam.press("Save review")
    assert (cost.clicks, cost.keys, cost.pages) == (3, 0, 2)
    assert sam.says(f"Review of plan {plan.reference} saved.")
    assert sam.heading() == "You have 1 thing to do"
    sam.page.goto(f"{plan.get_absolute_url()}review/")
    sam.sees()


def changes_the_plan(priya, plan):
    assert priya.says("1 review from the school since the last visit")
    assert not priya.says("Robin")
    priya.sees()
    priya.follow("1 review from the school")
    priya.follow(plan.reference)
    assert priya.says("Some progress, carry on")
    priya.sees()
    priya.follow("Change this plan")
    priya.sees()
    priya.write("Why are you changing this?", WHY)
    priya.choose("Weekly")
    priya.press("Continue")
    assert priya.says("What changed since version 1")
    priya.sees()
    priya.press("Send to school to agree")
    assert priya.heading() == "Plan sent"


def agrees_again(sam, plan):
    sam.page.goto("/")
    assert sam.heading() == "You have 2 things to do"
    sam.follow(re.compile(f"Agree plan {plan.reference}"))
    assert sam.says(WHY)
    sam.sees()
    with sam.counting() as cost:
        sam.choose("Agree")
        sam.press("Save my answer")
    assert (cost.clicks, cost.keys) == (2, 0)


def logs_a_known_child(priya):
    priya.page.goto("/")
    priya.press("Start visit")
    with priya.counting() as cost:
        log(priya, about=a_known_child, note=CANARY)
    assert cost.clicks <= 12
    assert cost.pages == 2
    priya.follow("View")
    assert priya.says(CANARY)
    priya.sees()
    priya.follow("Back to the case")
    priya.sees()
    priya.page.goto("/today/")


def finishes_the_visit(priya):
    priya.follow("Go on with the visit")
    with priya.counting() as cost:
        priya.follow("Finish visit")
        priya.press("Confirm visit")
    assert cost.clicks <= 3
    assert (cost.keys, cost.pages) == (0, 2)
    assert priya.says("Visit finished. Its time is locked.")
    priya.sees()


def reads_the_history(person, plan):
    person.page.goto(plan.get_absolute_url())
    assert person.says("version 2")
    person.follow("History of this plan")
    lines = [line.replace("\n", " ") for line in person.page.locator(".app-timeline li").all_inner_texts()]
    changed = f"Step “Meet Robin at the side door”: how often: Every day → Weekly. Reason: {WHY}"
    assert any(changed in line and "Priya Nair" in line for line in lines)
    agreed = [line for line in lines if "Sent → Agreed" in line]
    assert [f"Version {number}" in line for number, line in zip((2, 1), agreed, strict=True)] == [True, True]
    assert all("Sam Whitlock" in line for line in agreed)
    person.sees()


def downloads_the_plan(sam, plan):
    sam.page.goto(plan.get_absolute_url())
    content, name = save_download(sam)
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert content.startswith(b"%PDF-")
    assert name == f"plan-{plan.reference}-v2.pdf"
    assert plan.reference in text
    assert "Meet Robin at the side door" in text
    assert CANARY not in text
