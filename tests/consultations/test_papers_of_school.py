"""Papers say nothing that they read in what the school never saw."""

from datetime import date

import pytest
from django.utils import timezone

from consultations.models import Consultation
from consultations.papers.plan import plan_to_hand_out
from consultations.services import (
    GoalContent,
    change_plan,
    send_plan,
    share_consultation,
    take_back_plan,
)
from tests.plans import as_it_is_now
from tests.records import local


def test_a_rating_is_dated_by_the_versions_that_the_school_saw(
    make_plan, plan_content, quillbrook, priya, role_of, today
):
    """Version 2 was taken back: version 3 repeats its new goal, which the school first saw there."""
    plan = make_plan("agreed", on=date(2026, 9, 14), review_on=date(2026, 10, 12))
    common = {"goals": [GoalContent("Says when a worry is too big", 1, 5, "child")], "why_changed": "More"}
    content = plan_content(quillbrook, priya, review_on=date(2026, 11, 24), **common)
    for day in (date(2026, 9, 21), date(2026, 9, 28)):
        plan, at = as_it_is_now(plan), local(day, 9)
        version = change_plan(plan, content, by=priya, at=at, opened_version=plan.version)
        version = send_plan(version, by=priya, at=at, opened_version=version.version)
        if version.number == 2:
            take_back_plan(version, by=priya, at=at, opened_version=version.version)
    new = plan_to_hand_out(plan, version, role_of(priya), today, for_a_request=False)
    goals = next(block for block in new.blocks if block.get("caption") == "Goals")
    assert "1 out of 10 on 28 September 2026" in goals["rows"][0][1]


@pytest.fixture
def minutes(make_consultation, visit, priya, sam, role_of):
    """What either of them counts of a case, which is the same."""

    def count(case):
        found = [list(Consultation.objects.time_given(role_of(who), case)) for who in (priya, sam)]
        assert found[0] == found[1]
        return [taken for _, taken in found[0]]

    return count


def test_time_is_counted_of_consultations_that_the_school_knows_of(make_consultation, minutes, visit, priya):
    mum = [{"name": "Mum", "job": "", "organisation": ""}]
    case = make_consultation(minutes=50).case
    alone = make_consultation(visit=visit, about=case, people=mum, minutes=35)
    assert minutes(case) == [50]
    share_consultation(alone, by=priya, at=timezone.now(), opened_version=alone.version)
    assert sorted(minutes(case)) == [35, 50]
