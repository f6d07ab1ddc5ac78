"""The class teacher tells how it goes, on one page; the next review of the plan is shown what she told."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.models import Review
from consultations.services import give_plan_to_reader
from tests.plans import next_weekday

STEP = "Meet Robin at the side door"
TOLD = "Tess Abernathy on {}: it happened sometimes, it helped a bit."


@pytest.fixture
def plan(make_plan, sam, tess, today):
    plan = make_plan("agreed", review_on=next_weekday(today + timedelta(days=1)))
    give_plan_to_reader(plan, tess, by=sam, at=timezone.now())
    return plan


def test_what_the_class_teacher_told_is_used_in_the_review(hand, plan, tess, sam, today):
    teacher = hand(tess)
    tells(teacher, plan)
    assert not Review.objects.exists()

    senco = hand(sam)
    with senco.counting() as cost:
        senco.follow(re.compile(f"Review plan {plan.reference}"))
        assert senco.says(TOLD.format(f"{today.day} {today:%B}"))
        senco.choose("Some progress, carry on")
        senco.choose("Sometimes", f"{STEP}: did it happen?")
        senco.choose("A bit", f"{STEP}: did it help?")
        senco.press("Save review")
    assert (cost.clicks, cost.keys, cost.pages) == (5, 0, 2)
    answer = Review.objects.get().answers.get()
    assert (answer.happened, answer.helped) == ("sometimes", "a_bit")

    senco.page.goto(f"{plan.get_absolute_url()}review/")
    assert senco.says("How is the plan going?")
    assert not senco.says("Tess Abernathy")
    senco.sees()


def tells(teacher, plan):
    teacher.follow(plan.reference)
    with teacher.counting() as cost:
        teacher.follow("Say how it is going")
        teacher.sees()
        teacher.choose("Sometimes", f"{STEP}: did it happen?")
        teacher.choose("A bit", f"{STEP}: did it help?")
        teacher.press("Save check-in")
    assert (cost.clicks, cost.keys, cost.pages) == (4, 0, 2)
    assert teacher.says("Thank you. The next review will be shown what you told.")
    teacher.sees()
