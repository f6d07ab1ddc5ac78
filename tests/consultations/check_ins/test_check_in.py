"""R3: somebody who carries a plan out tells how its steps went, and the next review is shown it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Reading
from consultations.models import CheckIn, CheckInAnswer, HowItWent, PlanReader
from consultations.services import GoalContent, give_plan_to_reader, recall_share, take_plan_from_reader
from tests.filling import as_sent, banners, main_text, parsed, problems
from tests.plans import newest
from tests.records import local

CHANGED = (
    "This plan was changed since you opened the page. Your answers are kept below. "
    "Look at what adults will do now, and save again"
)


@pytest.fixture
def form(tab, tess, plan):
    return tab(tess, address(plan))


def address(plan):
    return reverse("consultations:check-in", args=[plan.reference])


def key(step):
    return f"{step.identity.hex}_0"


def first_step(plan):
    return newest(plan).steps.first()


def answered():
    return list(CheckInAnswer.objects.order_by("step__position").values_list("happened", "helped"))


def test_one_answer_is_enough(form, plan, tess):
    response = form.send(**{f"happened_{key(first_step(plan))}": "sometimes"})
    assert response.url == f"/carrying-out/{plan.reference}/"
    checked = CheckIn.objects.get()
    assert (checked.plan, checked.plan_version, checked.answered_by) == (plan, newest(plan), tess)
    assert answered() == [("sometimes", "")]
    page = form.client.get(response.url)
    assert banners(page) == ["Thank you. The next review will be shown what you told."]
    today = timezone.localdate()
    assert f"You last checked in on {today.day} {today:%B %Y}." in main_text(page)


def test_the_questions_are_those_of_a_review_and_nothing_is_chosen(form, plan, client, sign_in, sam):
    def questions(page):
        fieldsets = parsed(page).select("main fieldset:has(> .nhsuk-radios--inline.nhsuk-radios--small)")
        ratings = [one for one in fieldsets if one.select(".app-rating")]
        return [
            (one.legend.get_text(strip=True), [label.get_text(strip=True) for label in one.select("label")])
            for one in fieldsets
            if one not in ratings
        ]

    asked = questions(form.page)
    happened, helped = ["Yes", "Sometimes", "No"], ["Yes", "A bit", "No", "Too soon to say"]
    assert asked == [
        ("Meet at the door: did it happen?", happened),
        ("Meet at the door: did it help?", helped),
        ("Sit near: did it happen?", happened),
        ("Sit near: did it help?", helped),
    ]
    assert parsed(form.page).select("main input[checked]") == []
    review = sign_in(client, sam).get(reverse("consultations:plan-review", args=[plan.reference]))
    assert questions(review) == asked


def test_nothing_answered_is_asked_again(form):
    assert problems(form.send()) == ["Answer at least one question"]
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("answer", ["maybe", "<b>", "9" * 500, "\0"])
def test_an_answer_that_is_none_is_asked_again(form, plan, answer):
    page = form.send(**{f"happened_{key(first_step(plan))}": answer})
    assert (page.status_code, len(problems(page))) == (200, 1)
    assert not CheckIn.objects.exists()


def test_pressed_twice_it_is_one_check_in(form, plan):
    answers = form.whole(**{f"helped_{key(first_step(plan))}": "a_bit"})
    first, second = (form.client.post(form.url, answers) for _ in range(2))
    assert first.url == second.url
    assert CheckIn.objects.count() == 1


def test_a_version_agreed_meanwhile_is_said_and_answers_are_kept(form, plan, new_version):
    kept = {f"happened_{key(first_step(plan))}": "sometimes"}
    new_version("Meet at the door", "A new step")
    page = form.send(**kept)
    assert problems(page) == [CHANGED]
    again = as_sent(page)
    assert [again[name] for name in kept] == [["sometimes"]]
    assert not CheckIn.objects.exists()
    assert "A new step: did it happen?" in main_text(page)
    assert form.client.post(form.url, again).status_code == 302
    assert (CheckIn.objects.get().plan_version, answered()) == (newest(plan), [("sometimes", "")])


@pytest.mark.parametrize("number", ["", "0", "2", "x", "9" * 400, "\0"])
def test_a_version_number_that_is_forged_is_not_believed(form, plan, number):
    page = form.send(version=number, **{f"happened_{key(first_step(plan))}": "yes"})
    assert problems(page) == [CHANGED]


def test_a_plan_taken_back_while_it_was_answered_is_closed(form, plan, sam, tess):
    take_plan_from_reader(plan, tess, by=sam, at=timezone.now())
    assert form.send(**{f"happened_{key(first_step(plan))}": "yes"}).status_code == 404
    assert not CheckIn.objects.exists()


def refused(tell):
    with pytest.raises(Exception, match="You no longer carry this plan out"):
        tell(("yes", "yes"))
    return not CheckIn.objects.exists()


def test_the_service_asks_again_whether_they_carry_it_out(plan, tell, sam, tess, priya):
    take_plan_from_reader(plan, tess, by=sam, at=timezone.now())
    assert refused(tell)
    give_plan_to_reader(plan, tess, by=sam, at=timezone.now())
    share = plan.shares.get(audience="plan_readers", closed_at=None)
    recall_share(share, by=priya, at=timezone.now())
    assert refused(tell)


def test_nobody_else_tells_how_it_went(plan, tell, sam):
    with pytest.raises(Exception, match="You no longer carry this plan out"):
        tell(("yes", "yes"), by=sam)


def test_an_ended_plan_has_nothing_more_to_tell(form, plan, make_review):
    make_review(plan, overall="finished")
    for response in (form.client.get(form.url), form.send()):
        assert response.url == f"/carrying-out/{plan.reference}/"
    assert banners(form.client.get(response.url))[-1] == "This plan has ended. There is nothing more to tell."


def test_it_shows_nothing_else_of_the_plan(client, sign_in, tess, sam, make_plan, make_review):
    goal = GoalContent("canary-goal-7Q", rating=3, expected=8, rated_by="staff")
    plan = make_plan("agreed", goals=[goal], concern="canary-concern-7Q", childs_view="canary-view-7Q")
    give_plan_to_reader(plan, tess, by=sam, at=timezone.now())
    make_review(plan, note="canary-note-7Q")
    assert "canary" not in sign_in(client, tess).get(address(plan)).text
    assert "canary-goal-7Q" in sign_in(client, sam).get(plan.get_absolute_url()).text


def test_each_opening_is_one_reading(form, plan):
    rows = Reading.objects.values_list("door", "record", "case")
    assert list(rows) == [("consultations:check-in", plan.reference, plan.case_id)]


def test_every_answer_has_its_words():
    for name, choices in (("happened", HowItWent.Happened), ("helped", HowItWent.Helped)):
        assert HowItWent.TOLD[name].keys() == {choice.value for choice in choices}


def test_who_was_given_a_plan_long_ago_still_tells(plan, tell, today):
    PlanReader.objects.get()
    assert tell(("yes", "yes"), at=local(today, 9)).answers.count() == 1
