"""The stage of a case: by the clinician, with a day, a reason and who decided."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import StaleVersion
from consultations.models import Case, StageMove
from consultations.services import begin_plan, move_stage, open_case
from tests.filling import as_sent, main_text, parsed, problems, side_by_side
from tests.plans import as_it_is_now
from tests.records import no_names_child

from .conftest import date_boxes


@pytest.fixture
def case(quillbrook, priya, today):
    return open_case(quillbrook, no_names_child(), by=priya, on=today - timedelta(days=20))


@pytest.fixture
def move(priya, today):
    def make(case, stage, days_ago=0, **overrides):
        said = {"reason": "No headway in school.", "decided_by": "Priya and Sam", "by": priya}
        seen = {"at": timezone.now(), "opened_version": Case.objects.get(pk=case.pk).version}
        values = said | seen | {"moved_on": today - timedelta(days=days_ago)} | overrides
        return move_stage(case, stage, **values)

    return make


@pytest.fixture
def form(tab, priya, case):
    url = reverse("consultations:case-stage", args=[case.reference])
    said = {"stage": "parents_involved", "reason": "They asked.", "decided_by": "Priya and Sam"}
    return tab(priya, url, **said)


def refused(move, *args, **kwargs):
    with pytest.raises(ValidationError) as refusal:
        move(*args, **kwargs)
    return refusal.value.message_dict


def test_each_move_is_kept_and_the_case_stands_where_the_newest_led(case, move):
    for days, stage in [(9, "parents_involved"), (5, "longer_term"), (5, "closed"), (1, "in_school")]:
        move(case, stage, days)
        case.refresh_from_db()
        assert case.stage == stage
    kept = list(StageMove.objects.values_list("stage", "decided_by"))
    assert kept == [
        (stage, "Priya and Sam") for stage in ("parents_involved", "longer_term", "closed", "in_school")
    ]


def test_a_day_before_the_opening_or_the_last_move_or_to_come_is_refused(case, move, today):
    opened = today - timedelta(days=20)
    words = f"The date of the move must not be before {opened.day} {opened:%B %Y}"
    assert refused(move, case, "longer_term", 21) == {"moved_on": [words]}
    to_come = {"moved_on": ["The date of the move must be today or in the past"]}
    assert refused(move, case, "longer_term", -1) == to_come
    move(case, "longer_term", 5)
    assert list(refused(move, case, "in_school", 6)) == ["moved_on"]
    assert StageMove.objects.count() == 1


def test_a_case_does_not_move_to_where_it_is(case, move):
    assert refused(move, case, "in_school") == {
        "stage": ["The case is at this stage already. Select another"]
    }


def test_a_closed_case_opens_again_in_school_only(case, move):
    move(case, "closed")
    assert refused(move, case, "longer_term") == {
        "stage": ["A closed case can only be opened again in school"]
    }
    assert move(case, "in_school").stage == "in_school"


@pytest.mark.parametrize("status", ["sent", "agreed"])
def test_a_case_with_a_plan_in_force_or_on_its_way_does_not_close(make_plan, move, status):
    plan = make_plan(status)
    assert refused(move, plan.case, "closed") == {"stage": ["Finish or stop the plan first"]}
    assert as_it_is_now(plan).ended_on is None


def test_what_was_only_drafted_ends_with_the_case(make_plan, move, today):
    plan = make_plan("draft")
    move(plan.case, "closed")
    plan = as_it_is_now(plan)
    assert (plan.ending, plan.ended_on) == ("stopped", today)


def test_nothing_is_added_to_a_closed_case(case, move, make_plan, make_consultation, plan_content, priya):
    move(case, "closed")
    words = f"Case {case.reference} is closed. Open it again on its page first."
    with pytest.raises(ValidationError, match=words):
        begin_plan(case, plan_content(case.partnership, priya), by=priya, at=timezone.now())
    with pytest.raises(ValidationError, match=words):
        make_consultation(about=case)
    move(case, "in_school")
    make_consultation(about=case)


def test_who_opened_the_page_before_somebody_else_moved_it_is_told(case, move, priya, today):
    opened = case.version
    move(case, "longer_term")
    with pytest.raises(StaleVersion):
        move(case, "closed", opened_version=opened)


def test_the_page_moves_the_case_once_and_the_case_says_so(form, case):
    assert form.send().url == form.send().url == case.get_absolute_url()
    assert StageMove.objects.count() == 1
    page = main_text(form.client.get(case.get_absolute_url()))
    assert "Stage: parents involved" in page
    assert ", parents involved: They asked. Decided by Priya and Sam." in page


def test_the_case_says_the_last_move_in_two_sentences(client, sign_in, case, move, priya, today):
    for reason in ("They asked", "They asked."):
        move(case, "parents_involved" if reason[-1] == "d" else "longer_term", reason=reason)
        page = parsed(sign_in(client, priya).get(case.get_absolute_url())).select_one("main p:has(> time)")
        assert " They asked. Decided by Priya and Sam." in page.get_text()


def test_link_staff_read_the_stage_of_a_case_they_see(client, sign_in, make_plan, move, sam):
    plan = make_plan("agreed")
    move(plan.case, "parents_involved")
    page = sign_in(client, sam).get(plan.case.get_absolute_url())
    assert "No headway in school. Decided by Priya and Sam" in main_text(page)
    assert reverse("consultations:case-stage", args=[plan.case.reference]) not in page.text


def test_a_stale_page_keeps_what_was_typed_and_saves_the_second_time(form, case, move):
    move(case, "longer_term", reason="Somebody else", opened_version=1)
    page = form.send()
    assert problems(page) == ["This changed while you had the page open. Look at it, then save again."]
    assert as_sent(page)["reason"] == ["They asked."]
    assert "Its stage now: longer-term input." in main_text(page)
    assert side_by_side(page) == {
        "Which stage does it move to?": ("Longer-term input", "Parents involved"),
        "Why?": ("Somebody else", "They asked."),
    }
    form.page = page
    assert form.send().url == case.get_absolute_url()


def test_a_closed_case_offers_one_stage_and_no_consultation(client, sign_in, case, move, visit, priya):
    move(case, "closed")
    client = sign_in(client, priya)
    page = client.get(reverse("consultations:case-stage", args=[case.reference]))
    assert [radio["value"] for radio in parsed(page).select("main input[name=stage]")] == ["in_school"]
    assert "Log a consultation" not in client.get(case.get_absolute_url()).text


BAD = [
    ({"stage": "elsewhere"}, "Select the stage it moves to"),
    ({"stage": "in_school"}, "Select the stage it moves to"),
    ({"reason": "x" * 100_000}, "Why must be 500 characters or fewer. You have used 100,000"),
    ({"reason": "\0"}, "Enter why"),
    ({"decided_by": "  "}, "Enter who decided"),
    ({"moved_on_year": "9" * 40}, "Enter a real date of the move"),
    ({"moved_on_day": "31", "moved_on_month": "2"}, "Enter a real date of the move"),
]


@pytest.mark.parametrize(("changes", "words"), BAD)
def test_bad_input_is_asked_again(form, changes, words):
    page = form.send(**changes)
    assert (page.status_code, problems(page)) == (200, [words])
    assert not StageMove.objects.exists()


def test_html_stays_text(form, case):
    form.send(reason="<b>Both</b> agreed")
    assert "&lt;b&gt;Both&lt;/b&gt; agreed" in form.client.get(case.get_absolute_url()).text


def test_a_name_in_a_case_without_one_is_asked_about(form, make_consultation):
    make_consultation()
    page = form.send(reason="Robin needs more.")
    assert "Is this the name of a child?" in main_text(page)
    form.page = page
    assert form.send(reason="Robin needs more.").status_code == 302


def test_the_day_before_yesterday_is_fine(form, today):
    assert form.send(**date_boxes("moved_on", today - timedelta(days=2))).status_code == 302
    assert StageMove.objects.get().moved_on == today - timedelta(days=2)


@pytest.mark.django_db(transaction=True)
def test_of_two_moves_at_once_one_is_told(case, move, priya):
    def press(stage):
        try:
            return move(case, stage, opened_version=1).stage
        except StaleVersion:
            return "stale"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = set(pool.map(press, ["parents_involved", "longer_term"]))
    assert "stale" in found
    assert StageMove.objects.get().stage == Case.objects.get(pk=case.pk).stage
