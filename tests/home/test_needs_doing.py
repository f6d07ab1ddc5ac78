"""S1: what the school has to do, the next visit, and nothing else."""

from datetime import timedelta

import pytest

from tests.filling import main_text, parsed
from tests.plans import as_it_is_now, next_weekday
from web.words import longdate

URL = "/needs-doing/"


def tasks(page):
    return [
        " ".join(item.get_text(" ", strip=True).split())
        for item in parsed(page).select(".nhsuk-task-list__item")
    ]


def weekday_before(day):
    return day - timedelta(days=max(0, day.weekday() - 4))


def test_nothing_to_do_says_so(client, sign_in, sam):
    page = sign_in(client, sam).get(URL)
    assert (tasks(page), parsed(page).h1.get_text()) == ([], "Nothing to do")
    assert "No visit is booked." in main_text(page)


def test_nothing_to_do_until_the_next_review(client, sign_in, sam, make_plan):
    plan = make_plan("agreed")
    page = sign_in(client, sam).get(URL)
    assert parsed(page).h1.get_text() == f"Nothing to do until {longdate(plan.review_on)}"


def test_plans_to_agree_and_to_review_are_tasks_with_their_state(client, sign_in, sam, make_plan, today):
    long_ago, due_on = today - timedelta(days=70), weekday_before(today - timedelta(days=5))
    late = make_plan("agreed", on=long_ago, review_on=due_on)
    soon_on = next_weekday(today + timedelta(days=2))
    soon = make_plan("agreed", on=long_ago, review_on=soon_on)
    sent, days = make_plan("sent"), (today - due_on).days
    page = sign_in(client, sam).get(URL)
    assert parsed(page).h1.get_text() == "You have 3 things to do"
    assert tasks(page) == [
        f"Agree plan {sent.reference}: Robin, Year 4 To agree",
        f"Review plan {late.reference}: Robin, Year 4, due {longdate(due_on)} {days} days late",
        f"Review plan {soon.reference}: Robin, Year 4, due {longdate(soon_on)} Due",
    ]
    assert [a["href"] for a in parsed(page).select(".nhsuk-task-list a")] == [
        f"/plans/{sent.reference}/agree/",
        f"/plans/{late.reference}/review/",
        f"/plans/{soon.reference}/review/",
    ]


def test_a_task_stays_until_the_job_is_done(client, sign_in, sam, make_plan, make_review, today):
    plan = make_plan(
        "agreed", on=today - timedelta(days=70), review_on=weekday_before(today - timedelta(days=5))
    )
    sign_in(client, sam).get(plan.get_absolute_url())
    assert len(tasks(client.get(URL))) == 1
    make_review(plan)
    assert tasks(client.get(URL)) == []


def test_one_thing_is_one_thing(client, sign_in, sam, make_plan):
    make_plan("sent")
    assert parsed(sign_in(client, sam).get(URL)).h1.get_text() == "You have 1 thing to do"


def test_a_plan_that_ended_and_a_draft_are_no_task(client, sign_in, sam, make_plan, make_review):
    make_review(make_plan("agreed"), overall="finished")
    draft = as_it_is_now(make_plan())
    page = sign_in(client, sam).get(URL)
    assert tasks(page) == []
    assert draft.reference not in page.text


def test_the_next_visit_is_named(client, sign_in, sam, make_visit, today):
    make_visit(days=9)
    make_visit(days=2)
    text = main_text(sign_in(client, sam).get(URL))
    assert f"{longdate(today + timedelta(days=2))}, 9am to midday, Priya Nair" in text


@pytest.mark.parametrize("who", ["priya", "ruth", "hana", "tess", "kit"])
def test_it_is_the_link_staff_s_page(request, client, sign_in, who):
    assert sign_in(client, request.getfixturevalue(who)).get(URL).status_code == 403


def test_it_is_no_button(client, sign_in, sam):
    assert sign_in(client, sam).post(URL).status_code == 405
