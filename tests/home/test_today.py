"""C1: where to go, and one click to start writing. Opened in corridors, so no child is on it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from consultations.services import ask_for_change, keep_draft
from tests.filling import main_text, parsed
from tests.plans import newest, next_weekday
from web.words import longdate

URL = "/today/"


def text_for(client, sign_in, person):
    return main_text(sign_in(client, person).get(URL))


def test_without_a_visit_the_page_says_so(client, sign_in, priya):
    text = text_for(client, sign_in, priya)
    assert "No visit is booked for the next 2 weeks." in text
    assert "No other visits are booked." in text


def test_the_next_visit_stands_first_with_its_button(client, sign_in, priya, make_visit, today):
    later, sooner = make_visit(days=9), make_visit()
    page = sign_in(client, priya).get(URL)
    assert "Next visit: Quillbrook Primary School" in main_text(page)
    assert parsed(page).select_one("main form")["action"] == f"/visits/{sooner.reference}/start/"
    (coming,) = [a["href"] for a in parsed(page).select("main ul a") if "visits" in a["href"]]
    assert coming == later.get_absolute_url()


def test_a_visit_of_another_day_is_not_started_from_here(client, sign_in, priya, make_visit):
    visit = make_visit(days=2)
    page = sign_in(client, priya).get(URL)
    assert parsed(page).select("main form") == []
    assert parsed(page).select_one("main a.nhsuk-button")["href"] == visit.get_absolute_url()


def test_a_visit_under_way_goes_on(client, sign_in, priya, visit):
    assert "Go on with the visit" in text_for(client, sign_in, priya)


def test_a_visit_of_another_day_that_was_not_finished_is_named(client, sign_in, priya, make_visit, today):
    make_visit(days=-3, started=True)
    text = text_for(client, sign_in, priya)
    assert f"Visits to finish Quillbrook Primary School, {longdate(today - timedelta(days=3))}" in text
    assert "No visit is booked" in text


def test_what_is_begun_and_not_finished_is_listed_oldest_first(client, sign_in, priya, visit):
    for kind in ("consultation", "plan"):
        place = {"kind": kind, "partnership": visit.partnership}
        keep_draft(uuid4(), {}, by=priya, path="/x/", at=timezone.now(), page=uuid4(), **place)
    page = sign_in(client, priya).get(URL)
    links = [a.get_text() for a in parsed(page).select('main a[href^="/x/?draft="]')]
    assert [text.split(",")[0] for text in links] == [
        "Consultation at Quillbrook Primary School",
        "Plan at Quillbrook Primary School",
    ]
    assert "Unfinished (2)" in main_text(page)


def test_before_you_go_counts_what_the_school_is_waiting_for(
    client, sign_in, priya, sam, make_plan, make_review, today
):
    long_ago = today - timedelta(days=70)
    make_plan("agreed", on=long_ago, review_on=next_weekday(today - timedelta(days=10)))
    make_review(make_plan("agreed"))
    back = newest(make_plan("sent"))
    ask_for_change(back, by=sam, at=timezone.now(), change="More", opened_version=back.version)
    text = text_for(client, sign_in, priya)
    assert "1 plan due for review" in text
    assert "1 review from the school since the last visit" in text
    assert "1 plan the school wants changed" in text


def test_nothing_due_says_so(client, sign_in, priya, visit):
    assert "No plans are due for review." in text_for(client, sign_in, priya)


def test_no_child_is_on_it(client, sign_in, priya, make_consultation, make_plan, make_review):
    plan = make_plan("agreed")
    make_review(plan)
    page = sign_in(client, priya).get(URL)
    assert [word for word in ("Robin", "Underhay", "Year 4", plan.reference) if word in page.text] == []


def test_a_visit_of_a_colleague_is_not_mine(client, sign_in, priya, owen, make_visit, another_school):
    make_visit(another_school, owen, days=1)
    assert "No visit is booked" in text_for(client, sign_in, priya)
    assert "Next visit: Tansy Hill Primary School" in text_for(client, sign_in, owen)


def test_many_visits_that_were_never_finished_do_not_hide_the_next(client, sign_in, priya, make_visit):
    for days in range(1, 22):
        make_visit(days=-days)
    make_visit(days=1)
    assert "Next visit: Quillbrook Primary School" in text_for(client, sign_in, priya)


@pytest.mark.parametrize("who", ["ruth", "sam", "hana", "tess", "kit"])
def test_it_is_the_clinicians_page(request, client, sign_in, who):
    assert sign_in(client, request.getfixturevalue(who)).get(URL).status_code == 403


def test_it_is_no_button(client, sign_in, priya):
    assert sign_in(client, priya).post(URL).status_code == 405
