"""What a visit does not reach is on the agenda of the next one; its minutes stay where they are."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.agenda import agenda_of
from consultations.services import close_as_phoned, finish_visit, take_up_request, withdraw_request
from schools.models import MINUTES, Visit
from schools.services import call_off_visit
from tests.cast import role_of
from tests.cost import AT_MOST, cost
from tests.filling import main_text, parsed
from tests.plans import next_weekday
from tests.records import minutes, no_names_child
from web.words import longdate


@pytest.fixture
def then(make_visit):
    """A visit three days ago, not finished yet."""
    return make_visit(days=-3, started=True)


@pytest.fixture
def finish(priya):
    def act(visit, **spent):
        visit = Visit.objects.get(pk=visit.pk)
        times = {"at": visit.planned_end_at, "ended_at": visit.planned_end_at}
        return finish_visit(
            visit, by=priya, opened_version=visit.version, minutes=minutes(30, **spent), **times
        )

    return act


@pytest.fixture
def ask(make_request, then):
    """Ask before the visit of three days ago."""
    return lambda sentence, **more: make_request(sentence, at=local_morning(then), **more)


def local_morning(visit):
    return visit.planned_start_at - timedelta(days=1)


@pytest.fixture
def late_plan(make_plan, today):
    """A plan whose review was due before the visit of three days ago."""
    due_on = next_weekday(today - timedelta(days=10))
    return lambda: make_plan("agreed", on=today - timedelta(days=40), review_on=due_on)


@pytest.fixture
def lists(client, sign_in, priya):
    """{heading: lines} of what became of the agenda of a visit."""

    def read(visit, who=priya):
        page = parsed(sign_in(client, who).get(visit.get_absolute_url()))
        headings = [h for h in page.main.select("h3") if h.get_text() in ("Reached", "Moved on")]
        return {
            heading.get_text(): [
                " ".join(line.get_text().split()) for line in heading.find_next("ul").select("li")
            ]
            for heading in headings
        }

    return read


@pytest.fixture
def waits(quillbrook, priya, today):
    """What the agenda of the next visit begins with, line by line."""
    return lambda: [line.key for line in agenda_of(quillbrook, role_of(priya), today)]


def test_what_was_reached_is_told_and_what_was_not_goes_to_the_next_visit(
    ask, then, make_visit, make_consultation, finish, lists, waits, priya, client
):
    reached, left = ask("Shouts in class"), ask("Will not come in", year_group=2)
    talk = make_consultation(visit=then, about=no_names_child())
    take_up_request(reached, talk, by=priya)
    coming = make_visit(days=4)
    done = finish(then)
    asked_on = longdate(left.raised_at)
    assert lists(done) == {
        "Reached": [
            f"A child, Year 4 ({reached.reference}): Sam Whitlock asked on {asked_on}: Shouts in class"
        ],
        "Moved on": [
            f"A child, Year 2 ({left.reference}): Sam Whitlock asked on {asked_on}: Will not come in"
        ],
    }
    page = parsed(client.get(done.get_absolute_url()))
    link = page.main.find("a", string=f"the visit on {longdate(coming.planned_start_at)}")
    assert link["href"] == coming.get_absolute_url()
    assert waits() == ["A child, Year 2"]
    assert "Will not come in" in main_text(client.get(coming.get_absolute_url()))


def test_minutes_never_go_to_the_next_visit(core, make_visit, finish):
    then, coming = make_visit(days=-3, started=True), make_visit(days=4)
    before = Visit.objects.filter(pk=coming.pk).values(*MINUTES, "planned_end_at", "version").get()
    finish(then, writing_up=120)
    assert Visit.objects.filter(pk=coming.pk).values(*MINUTES, "planned_end_at", "version").get() == before
    assert core.entries.numbers().booked == coming.planned_minutes
    assert core.entries.filter(visit=coming).count() == 1


def test_a_review_that_is_overdue_moves_on_until_somebody_makes_it(
    late_plan, make_review, then, finish, lists, waits, priya
):
    plan = late_plan()
    made = late_plan()
    make_review(made, by=priya, at=then.planned_start_at + timedelta(hours=1))
    done = finish(then)
    assert lists(done)["Reached"] == [f"{made.reference}: reviewed by Priya Nair"]
    (line,) = lists(done)["Moved on"]
    assert line.startswith(f"{plan.reference}: overdue review, ")
    assert waits() == [plan.reference]
    make_review(plan)
    assert (lists(done).get("Moved on"), waits()) == (None, [])


def test_what_a_review_asked_to_talk_about_is_reached_by_the_first_talk(
    make_plan, make_review, make_consultation, then, finish, lists, today
):
    plan = make_plan("agreed", on=today - timedelta(days=40))
    review = make_review(plan, talk_at_next_visit=True, at=local_morning(then))
    make_consultation(visit=then, about=plan.case)
    said = f"{plan.reference}: asked for in the review of {longdate(review.reviewed_at)}"
    assert lists(finish(then))["Reached"] == [said]


def test_what_came_up_after_the_visit_is_none_of_its_agenda(
    make_request, plan_due, then, finish, lists, today
):
    done = finish(then)
    make_request("Since then")
    plan_due(-1, on=today)
    assert lists(done) == {}


def test_what_was_closed_before_or_while_it_lasted_is_on_neither_list(ask, then, finish, lists, sam, priya):
    gone, phoned, later = ask("Gone"), ask("Phoned"), ask("Later")
    at = then.planned_start_at
    withdraw_request(gone, by=sam, at=at - timedelta(hours=1), opened_version=1)
    close_as_phoned(phoned, by=priya, at=at + timedelta(hours=1), opened_version=1)
    done = finish(then)
    withdraw_request(later, by=sam, at=timezone.now(), opened_version=1)
    (line,) = lists(done)["Moved on"]
    assert line.endswith(f": Later (withdrawn by the school, {longdate(timezone.now())})")


def test_what_a_later_visit_reached_says_so_on_the_page_of_the_first(
    ask, then, make_visit, make_consultation, finish, lists, priya
):
    asked, done = ask("Will not come in"), finish(then)
    later = make_visit(started=True)
    talk = make_consultation(visit=later, about=no_names_child())
    take_up_request(asked, talk, by=priya)
    (line,) = lists(done)["Moved on"]
    assert line.endswith(f"Will not come in (talked about on {longdate(talk.held_at)})")


def test_the_next_visit_is_one_that_takes_place(ask, then, make_visit, finish, client, sign_in, priya):
    ask("Will not come in")
    off, done = make_visit(days=4), finish(then)
    said = {"by": priya, "at": timezone.now(), "opened_version": 1}
    call_off_visit(off, outcome="school_closed", **said)
    sign_in(client, priya)
    words = "It waits for the next visit, which is not booked yet."
    assert words in main_text(client.get(done.get_absolute_url()))
    coming = make_visit(days=11)
    page = main_text(client.get(done.get_absolute_url()))
    assert f"moved on to the visit on {longdate(coming.planned_start_at)}" in page
    assert "What became of the agenda" not in main_text(client.get(off.get_absolute_url()))


def test_no_child_is_named_on_it(ask, then, make_consultation, late_plan, finish, lists):
    plan = late_plan()
    ask("Help, please", about=plan.case)
    make_consultation(visit=then, about=plan.case)
    found = str(lists(finish(then)))
    assert plan.case.reference in found
    assert [name for name in ("Robin", "Underhay", "Year 4") if name in found] == []


def test_the_page_of_a_finished_visit_costs_the_same_for_one_line_and_for_three(
    client, sign_in, priya, core, ask, then, late_plan, make_plan, make_review, make_consultation, finish
):
    sign_in(client, priya)

    def one_more():
        plan = late_plan()
        make_review(make_plan("agreed"), at=then.planned_start_at + timedelta(hours=1))
        ask("Help, please", about=plan.case)

    one_more()
    # What there is to copy to the trust's record is told on the page too.
    make_consultation(visit=then, about=late_plan().case)
    done = finish(then)
    first = cost(client, done.get_absolute_url())
    one_more(), one_more()
    assert cost(client, done.get_absolute_url()) == first
    assert first <= AT_MOST
