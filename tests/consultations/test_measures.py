"""What came of a goal: in words, on a school's scale, and over time."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.services import save_tracked
from consultations.measures import (
    GoalsOverTime,
    Result,
    goals_over_time,
    on_scale,
    result_of,
    scale_in_words,
    tracks_of,
)
from consultations.models import Goal, PlanRules, SchoolRules
from consultations.services import GoalContent, agree_plan, change_plan, recall_share, send_plan
from tests.filling import as_sent, parsed, problems
from tests.plans import as_it_is_now, newest

DAYS = [date(2026, 1, 5) + timedelta(weeks=6 * number) for number in range(4)]


def goal(**fields):
    return Goal(identity=uuid4(), **({"what": "Comes in", "rating": 2, "expected": 7} | fields))


def tracks(one, *ratings):
    rated = [{one.identity: n} if n is not None else {} for n in ratings]
    reviewed = list(zip(DAYS[1:], rated, strict=False))
    return goals_over_time([one], {one.identity: DAYS[0]}, reviewed)


@pytest.mark.parametrize(
    ("now", "result"),
    [(0, "worse"), (1, "worse"), (2, "none"), (3, "some"), (6, "some"), (7, "as_expected"), (8, "better")],
)
def test_a_result_is_read_from_start_expected_and_now(now, result):
    assert result_of(2, 7, now) == result


@pytest.mark.parametrize(
    ("start", "expected", "now", "result"),
    [(5, 5, 4, "worse"), (5, 5, 5, "none"), (5, 5, 6, "better"), (5, 3, 4, "worse"), (5, 3, 6, "better")],
)
def test_a_goal_expected_to_stay_or_fall_has_three_results(start, expected, now, result):
    assert result_of(start, expected, now) == result


def test_the_scale_is_that_of_the_rules():
    assert [on_scale(result, PlanRules()) for result in Result] == [-2, -1, 0, 1, 2]
    assert on_scale(Result.SOME, PlanRules(scale_some=1)) == 1
    assert [scale_in_words(number) for number in (-2, -1, 0, 1, 2)] == ["−2", "−1", "0", "+1", "+2"]


def test_a_change_is_the_last_rating_less_the_first():
    (track,) = tracks(goal(), 4, None, 6).tracks
    assert (track.change, track.result, track.sentence) == (
        4,
        "some",
        "Goal 1: from 2 to 6 out of 10, not rated at 1 review",
    )
    (track,) = tracks(goal(), 4, 1, None).tracks
    assert (track.change, track.result) == (-1, "worse")


def test_a_goal_that_was_not_rated_again_has_no_result():
    one, other = goal(), goal()
    started = {one.identity: DAYS[0], other.identity: DAYS[0]}
    chart = goals_over_time([one, other], started, [(DAYS[1], {one.identity: 3})])
    assert [(track.change, track.result) for track in chart.tracks] == [(1, "some"), (None, None)]
    assert goals_over_time([one, other], started, [(DAYS[1], {})]) is None


def test_a_rating_of_another_goal_is_not_taken_for_this_one():
    one = goal()
    (track,) = tracks_of([one], {one.identity: DAYS[0]}, [(DAYS[1], {uuid4(): 9})])
    assert track.points == [(DAYS[0], 2), (DAYS[1], None)]


def test_the_table_starts_with_the_start_and_keeps_gaps():
    assert tracks(goal(), 4, None).table == [(None, [2]), (DAYS[1], [4]), (DAYS[2], [None])]


def test_the_rows_of_the_picture_are_plain():
    assert tracks(goal(), 4).rows == [["Comes in", [["2026-01-05", 2], ["2026-02-16", 4]]]]


def test_results_are_never_averaged():
    names = [name for name in dir(GoalsOverTime) if "mean" in name or "average" in name]
    assert names == []


@pytest.fixture
def rated(make_plan, make_review):
    """A plan whose only goal was rated 2 at first and 5 at its review."""
    plan = make_plan("agreed")
    make_review(plan, ratings={newest(plan).goals.get(): 5})
    return plan


def items(page):
    return [item.get_text(" ", strip=True) for item in parsed(page).select("main li:has(.app-marker)")]


SAID = "Goal 1: from 2 to 5 out of 10 Robin comes in calmly Some change. Hoped for: 7."
WITH_A_GAP = SAID.replace("out of 10", "out of 10, not rated at 1 review")


@pytest.mark.parametrize("who", ["priya", "sam"])
def test_a_plan_shows_its_goals_over_time(request, client, sign_in, rated, who):
    page = sign_in(client, request.getfixturevalue(who)).get(rated.get_absolute_url())
    assert items(page) == [SAID]
    assert len(parsed(page).select(".app-chart svg[aria-hidden=true] circle")) == 2
    cells = [row.get_text(" ", strip=True) for row in parsed(page).select("main table:has(caption) tbody tr")]
    today = timezone.localdate()
    assert cells == ["At the start 2", f"{today.day} {today:%B %Y} 5"]


def test_a_plan_not_reviewed_has_no_picture(client, sign_in, sam, make_plan):
    page = sign_in(client, sam).get(make_plan("agreed").get_absolute_url())
    assert "Goals over time" not in page.text


def test_a_school_that_uses_the_scale_sees_the_number(client, sign_in, sam, admin_person, rated):
    rules = SchoolRules(partnership=rated.partnership, uses_scale=True)
    save_tracked(rules, by=admin_person, reason="Asked for")
    sign_in(client, sam)
    assert items(client.get(rated.get_absolute_url())) == [f"{SAID} On the review scale: 0."]
    service = PlanRules(service=rated.partnership.service, scale_some=1)
    save_tracked(service, by=admin_person, reason="Agreed with schools")
    assert items(client.get(rated.get_absolute_url())) == [f"{SAID} On the review scale: +1."]


@pytest.mark.parametrize("who", ["priya", "sam"])
def test_a_case_shows_one_picture_for_each_cycle(
    request, client, sign_in, make_plan, make_review, rated, who
):
    make_review(rated, overall="finished")
    second = make_plan(
        "agreed", case=rated.case, goals=[GoalContent("Stays", rating=1, expected=4, rated_by="child")]
    )
    make_review(second, ratings={newest(second).goals.get(): 4})
    page = sign_in(client, request.getfixturevalue(who)).get(rated.case.get_absolute_url())
    heads = [head.get_text() for head in parsed(page).select("main h3")]
    assert heads == [f"Cycle 2, plan {second.reference}", f"Cycle 1, plan {rated.reference}"]
    assert items(page) == ["Goal 1: from 1 to 4 out of 10 Stays As expected. Hoped for: 4.", WITH_A_GAP]
    assert len(parsed(page).select(".app-chart svg")) == 2


def test_a_plan_closed_to_the_school_leaves_no_picture_there(
    client, sign_in, sam, priya, rated, make_plan, make_review
):
    make_review(rated, overall="finished")
    make_plan("agreed", case=rated.case)
    for share in rated.shares.filter(audience="link_staff", closed_at=None):
        recall_share(share, by=priya, at=timezone.now())
    assert items(sign_in(client, sam).get(rated.case.get_absolute_url())) == []
    assert items(sign_in(client, priya).get(rated.case.get_absolute_url())) == [WITH_A_GAP]


def test_a_goal_keeps_its_line_from_version_to_version(
    client, sign_in, sam, priya, plan_content, make_review, rated
):
    now, plan = timezone.now(), as_it_is_now(rated)
    added = GoalContent("Stays all day", rating=0, expected=5, rated_by="staff")
    goals = [GoalContent("Robin comes in calmly", rating=2, expected=7, rated_by="staff"), added]
    content = plan_content(plan.partnership, priya, why_changed="More", goals=goals)
    version = change_plan(plan, content, by=priya, at=now, opened_version=plan.version)
    version = send_plan(version, by=priya, at=now, opened_version=version.version)
    agree_plan(version, by=sam, at=now, opened_version=version.version)
    make_review(plan, ratings={goal: goal.position + 7 for goal in newest(plan).goals.all()})
    said = [
        "Goal 1: from 2 to 8 out of 10 Robin comes in calmly Better than expected. Hoped for: 7.",
        "Goal 2: from 0 to 9 out of 10, not rated at 1 review "
        "Stays all day Better than expected. Hoped for: 5.",
    ]
    sign_in(client, sam)
    for url in (rated.get_absolute_url(), rated.case.get_absolute_url()):
        page = client.get(url)
        assert items(page) == said
        rows = [row.get_text(" ", strip=True) for row in parsed(page).select("main details tbody tr")]
        day = f"{timezone.localdate().day} {timezone.localdate():%B %Y}"
        assert rows == ["At the start 2 0", f"{day} 5 Not rated", f"{day} 8 9"]


@pytest.mark.parametrize(("rating", "hoped"), [("7", "7"), ("7", "3"), ("10", "10")])
def test_a_new_goal_is_expected_to_get_further_than_today(planning, rating, hoped):
    page = planning.send(**{"goals-0-rating": rating, "goals-0-expected": hoped})
    words = "Where you hope it will be at the review must be higher than how close it is today"
    assert problems(page) == [words]
    assert as_sent(page)["goals-0-expected"] == [hoped]


def test_a_goal_agreed_before_this_was_asked_can_go_on(tab, priya, make_plan):
    old = GoalContent("Robin keeps coming in", rating=7, expected=7, rated_by="staff")
    plan = make_plan("agreed", goals=[old])
    form = tab(priya, reverse("consultations:plan-edit", args=[plan.reference]), why_changed="More")
    assert problems(form.send(**{"goals-0-what": "Robin stays"}))[0].startswith("Where you hope it will be")
    assert form.send().status_code == 302
