"""A visit that is over, or that somebody else changed meanwhile, and what its page offers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.services import save_tracked
from schools.models import Visit
from schools.services import call_off_visit, move_visit, start_visit
from tests.filling import banners, main_text, parsed, problems
from tests.records import local

from .test_visit_changes import end


@pytest.mark.parametrize(
    ("verb", "message"),
    [
        ("cancel", "This visit is finished."),
        ("move", "This visit is finished."),
        ("waive", "There is no charge to take back."),
    ],
)
def test_a_finished_visit_leads_back(done, open_form, verb, message):
    page = open_form(done, verb).client.get(f"{done.get_absolute_url()}{verb}/", follow=True)
    assert banners(page)[-1] == message


def test_a_visit_that_began_does_not_move(open_form, make_visit):
    form = open_form(make_visit(started=True), "move")
    page = form.client.get(form.url, follow=True)
    assert banners(page)[-1] == "This visit has begun."


def test_a_visit_to_come_is_not_corrected(open_form, make_visit):
    form = open_form(make_visit(), "correct")
    page = form.client.get(form.url, follow=True)
    assert banners(page)[-1] == "Only a visit that took place and is finished can be corrected."


@pytest.mark.parametrize(
    ("verb", "answers"), [("cancel", {"outcome": "school_closed"}), ("move", {"starts": "10:00"})]
)
def test_whoever_saw_an_older_version_looks_again(core, open_form, make_visit, verb, answers):
    visit = make_visit(days=2)
    form = open_form(visit, verb)
    save_tracked(Visit.objects.get(pk=visit.pk), by=visit.clinician, reason="Something changed")
    form.page = form.send(**answers)
    assert problems(form.page) == [
        "This visit changed while you had the page open. Look at it as it is now, then confirm."
    ]
    assert form.send(**answers).status_code == 302


@pytest.mark.parametrize("verb", ["cancel", "move"])
@pytest.mark.parametrize("done_meanwhile", ["cancelled", "moved"])
def test_a_visit_that_is_over_meanwhile_is_refused(core, open_form, make_visit, verb, done_meanwhile):
    visit = make_visit(days=2)
    form = open_form(visit, verb, outcome="school_closed", starts="10:00")
    signed = {"by": visit.clinician, "at": timezone.now(), "opened_version": visit.version}
    if done_meanwhile == "moved":
        start = local(timezone.localdate(), 9)
        times = {"planned_start_at": start, "planned_end_at": start + timedelta(hours=3)}
        move_visit(visit, **times, **signed)
    else:
        call_off_visit(visit, outcome="school_closed", **signed)
    before = end(core)
    assert problems(form.send()) == ["This visit was cancelled or moved."]
    assert end(core) == before


def test_the_page_of_a_visit_says_which_time_it_uses(core, client, sign_in, priya, make_visit, bought):
    visit = make_visit(days=2)
    page = sign_in(client, priya).get(visit.get_absolute_url())
    assert "It draws on the core offer." in main_text(page)
    links = {link.get_text(strip=True) for link in parsed(page).main.select("ul.nhsuk-list a")}
    assert links == {"Move this visit", "Pass this visit to a colleague", "Cancel this visit"}
    start_visit(visit, by=priya, at=timezone.now())
    links = {
        link.get_text(strip=True)
        for link in parsed(client.get(visit.get_absolute_url())).main.select("ul.nhsuk-list a")
    }
    assert links == {"Cancel this visit"}


@pytest.mark.parametrize(
    ("who", "links"),
    [("priya", ["Move", "Cancel"]), ("ruth", ["Move", "Cancel"]), ("sam", ["Cancel"]), ("hana", [])],
)
def test_the_visits_of_a_school_lead_on(request, client, sign_in, make_visit, who, links):
    make_visit(days=2)
    page = sign_in(client, request.getfixturevalue(who)).get("/schools/990001/visits/")
    found = [link.find(string=True) for link in parsed(page).main.select("ul.nhsuk-list a")]
    assert [text for text in found if text in ("Move", "Cancel")] == links
    book = parsed(page).main.find("a", string=lambda text: text and "Book a visit" in text)
    assert bool(book) == (who in ("priya", "ruth"))
