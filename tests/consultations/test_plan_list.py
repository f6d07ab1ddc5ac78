"""S5: plans, newest first, 25 a page, filtered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.services import GoalContent, change_plan, move_stage, send_plan, take_back_plan
from tests.filling import main_text, parsed
from tests.plans import as_it_is_now, newest, next_weekday
from tests.records import no_names_child

URL = "/plans/"


def listed(page):
    return [link.get_text(strip=True) for link in parsed(page).select("main td a")]


def pager(page):
    return {
        a.get_text(" ", strip=True).split()[0]: a["href"] for a in parsed(page).select(".nhsuk-pagination a")
    }


def test_twenty_six_plans_make_two_pages_there_and_back(client, sign_in, priya, make_plan):
    plans = [make_plan().reference for _ in range(26)][::-1]
    first = sign_in(client, priya).get(URL)
    assert (listed(first), set(pager(first))) == (plans[:25], {"Older"})
    second = client.get(URL + pager(first)["Older"])
    assert (listed(second), set(pager(second))) == (plans[25:], {"Newer"})
    assert listed(client.get(URL + pager(second)["Newer"])) == plans[:25]


def test_the_filter_stays_on_the_way_to_older_plans(client, sign_in, priya, make_plan):
    for _ in range(26):
        make_plan()
    first = sign_in(client, priya).get(f"{URL}?status=draft&year=4")
    assert pager(first)["Older"].startswith("?status=draft&year=4&before=")


@pytest.fixture
def one_of_each(make_plan, make_review, today):
    """A plan in every state, by the words of its tag."""
    long_ago = today - timedelta(days=70)
    plans = {
        "Draft": make_plan("draft"),
        "To agree": make_plan("sent"),
        "Agreed": make_plan("agreed"),
        "Overdue": make_plan("agreed", on=long_ago, review_on=next_open(today - timedelta(days=9))),
        "Finished": make_plan("agreed"),
    }
    make_review(plans["Finished"], overall="finished")
    return {words: as_it_is_now(plan).reference for words, plan in plans.items()}


def next_open(day):
    return day - timedelta(days=max(0, day.weekday() - 4))


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("draft", ["Draft"]),
        ("to_agree", ["To agree"]),
        ("agreed", ["Overdue", "Agreed"]),
        ("overdue", ["Overdue"]),
        ("due", ["Overdue"]),
        ("ended", ["Finished"]),
        ("change_asked", []),
        ("", ["Finished", "Overdue", "Agreed", "To agree", "Draft"]),
        ("nonsense", ["Finished", "Overdue", "Agreed", "To agree", "Draft"]),
    ],
)
def test_each_status_shows_the_plans_in_it(client, sign_in, priya, one_of_each, status, words):
    page = sign_in(client, priya).get(f"{URL}?status={status}")
    assert listed(page) == [one_of_each[word] for word in words]


def test_the_word_of_each_plan_stands_beside_it(client, sign_in, priya, one_of_each):
    page = sign_in(client, priya).get(URL)
    tags = [tag.get_text(strip=True) for tag in parsed(page).select("td .nhsuk-tag")]
    assert dict(zip(tags, listed(page), strict=True)) == one_of_each


def test_year_and_theme_narrow_the_list(client, sign_in, priya, make_plan, make_consultation, themes):
    talk = make_consultation(about=no_names_child(year_group=2), themes=["sleep"])
    plan = make_plan(consultation=talk)
    make_plan()
    sign_in(client, priya)
    for query in ("year=2", f"theme={themes['sleep'].pk}", f"year=2&theme={themes['sleep'].pk}&status=draft"):
        assert listed(client.get(f"{URL}?{query}")) == [plan.reference]
    assert "No plans match." in main_text(client.get(f"{URL}?year=13"))


def test_a_theme_finds_every_plan_of_a_case_that_was_talked_about(
    client, sign_in, priya, make_plan, make_review, make_consultation, themes
):
    talk = make_consultation(about=no_names_child(), themes=["sleep"], next_step="start_plan")
    first = make_plan("agreed", consultation=talk)
    make_review(first, overall="stopped")
    second = make_plan("draft", case=talk.case)
    make_consultation(about=talk.case, themes=["sleep"])
    make_plan()
    page = sign_in(client, priya).get(f"{URL}?theme={themes['sleep'].pk}")
    assert listed(page) == [second.reference, first.reference]


def test_a_draft_that_ended_with_its_case_is_no_draft(client, sign_in, priya, make_plan, today):
    ended, draft = make_plan("draft"), make_plan("draft")
    ended.case.refresh_from_db()
    said = {"moved_on": today, "reason": "All is well", "decided_by": "Us", "by": priya}
    move_stage(ended.case, "closed", opened_version=ended.case.version, at=timezone.now(), **said)
    assert listed(sign_in(client, priya).get(f"{URL}?status=draft")) == [draft.reference]


def test_what_was_taken_back_is_found_by_the_word_beside_it(client, sign_in, priya, make_plan, write_next):
    back, in_force, sent = make_plan("sent"), make_plan("agreed"), make_plan("sent")
    take_back(back, priya)
    write_next(in_force)
    take_back(in_force, priya)
    page = sign_in(client, priya).get(f"{URL}?status=taken_back")
    assert listed(page) == [back.reference]
    assert [tag.get_text(strip=True) for tag in parsed(page).select("td .nhsuk-tag")] == ["Taken back"]
    take_back(sent, priya)
    write_next(sent)
    assert listed(client.get(f"{URL}?status=taken_back")) == [back.reference]


def take_back(plan, by):
    version = newest(plan)
    take_back_plan(version, by=by, at=timezone.now(), opened_version=version.version)


@pytest.fixture
def write_next(plan_content, priya):
    """Send the next version of a plan, with another goal."""

    def write(plan, status="sent"):
        goal = GoalContent("Robin stays for lunch", rating=1, expected=5, rated_by="staff")
        plan = as_it_is_now(plan)
        content = plan_content(plan.partnership, priya, goals=[goal], why_changed="More was needed")
        common = {"by": priya, "at": timezone.now()}
        version = change_plan(plan, content, opened_version=plan.version, **common)
        return send_plan(version, opened_version=version.version, **common) if status == "sent" else version

    return write


@pytest.mark.parametrize("status", ["draft", "sent"])
def test_the_goal_in_a_row_is_that_of_the_version_in_force(
    client, sign_in, priya, sam, make_plan, write_next, status
):
    write_next(make_plan("agreed"), status)
    for person in (priya, sam):
        page = main_text(sign_in(client, person).get(URL))
        assert ("Robin comes in calmly" in page, "Robin stays for lunch" in page) == (True, False)


def test_before_anything_is_in_force_it_is_that_of_the_newest(client, sign_in, priya, make_plan, write_next):
    plan = make_plan("sent")
    take_back(plan, priya)
    write_next(plan, "draft")
    assert "Robin stays for lunch" in main_text(sign_in(client, priya).get(URL))


def test_link_staff_are_offered_no_themes(client, sign_in, sam, make_plan, themes):
    plan = make_plan("sent")
    page = sign_in(client, sam).get(f"{URL}?theme={themes['sleep'].pk}")
    assert listed(page) == [plan.reference]
    assert "Theme" not in main_text(page)


def test_each_sees_the_plans_of_their_own_schools(client, sign_in, make_plan, priya, ruth, sam, owen, noor):
    plan = make_plan("sent").reference
    seen = {
        person.first_name: listed(sign_in(client, person).get(URL))
        for person in (priya, ruth, sam, owen, noor)
    }
    assert seen == {"Priya": [plan], "Ruth": [plan], "Sam": [plan], "Owen": [], "Noor": []}


def test_by_review_date_the_soonest_come_first_and_page_there_and_back(
    client, sign_in, priya, make_plan, today
):
    days = [next_open(today + timedelta(days=60 - number)) for number in range(27)]
    plans = [(day, make_plan("sent", review_on=day)) for day in days]
    make_plan("draft")
    by_date = [plan.reference for _, plan in sorted(plans, key=lambda row: (row[0], row[1].pk))]
    first = sign_in(client, priya).get(f"{URL}?order=review")
    assert (listed(first), set(pager(first))) == (by_date[:25], {"Older"})
    second = client.get(URL + pager(first)["Older"])
    assert (listed(second), set(pager(second))) == (by_date[25:], {"Newer"})
    assert listed(client.get(URL + pager(second)["Newer"])) == by_date[:25]


@pytest.mark.parametrize(
    "key", ["x_1", "2026-13-01_1", "_1", "2026-09-01_", "2026-09-01T00:00:00+00:00_1", "9" * 30]
)
def test_what_is_no_key_of_a_date_shows_the_first_page(client, sign_in, priya, make_plan, key):
    plan = make_plan("sent").reference
    assert listed(sign_in(client, priya).get(f"{URL}?order=review&before={key}")) == [plan]


def test_it_is_a_page_and_no_button(client, sign_in, priya):
    assert sign_in(client, priya).post(URL).status_code == 405


def test_filters_hold_together_in_order_of_review_and_on_the_way_to_older_plans(
    client, sign_in, priya, make_plan, make_consultation, themes, today
):
    def make(weeks, year=2, theme="sleep", status="agreed"):
        talk = make_consultation(about=no_names_child(year_group=year), themes=[theme])
        return make_plan(status, consultation=talk, review_on=next_weekday(today + timedelta(weeks=weeks)))

    due = [make(weeks).reference for weeks in range(1, 28)]
    for other in ({"year": 3}, {"theme": "worry"}, {"status": "sent"}):
        make(1, **other)
    query = f"?status=agreed&year=2&theme={themes['sleep'].pk}&order=review"
    first = sign_in(client, priya).get(URL + query)
    assert listed(first) == due[:25]
    second = client.get(URL + parsed(first).select_one(".nhsuk-pagination a")["href"])
    assert listed(second) == due[25:]
    back = client.get(URL + parsed(second).select_one(".nhsuk-pagination a")["href"])
    assert listed(back) == due[:25]
