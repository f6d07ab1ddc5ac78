"""R3: somebody who carries a plan out tells how its steps went, and the next review is shown it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Reading
from accounts.services import save_tracked
from consultations.models import CheckIn, CheckInAnswer, HowItWent, PlanReader
from consultations.services import (
    GoalContent,
    StepContent,
    agree_plan,
    change_plan,
    check_in,
    give_plan_to_reader,
    recall_share,
    send_plan,
    take_plan_from_reader,
)
from tests.filling import as_sent, banners, main_text, parsed, problems
from tests.plans import as_it_is_now, newest
from tests.records import local, somebody_at

CHANGED = (
    "This plan was changed since you opened the page. Your answers are kept below. "
    "Look at what adults will do now, and save again"
)


@pytest.fixture
def plan(make_plan, quillbrook, sam, tess):
    who = somebody_at(quillbrook, sam)
    steps = [StepContent(what, who=who, how_often="weekly") for what in ("Meet at the door", "Sit near")]
    plan = make_plan("agreed", steps=steps)
    give_plan_to_reader(plan, tess, by=sam, at=timezone.now())
    return plan


@pytest.fixture
def form(tab, tess, plan):
    return tab(tess, address(plan))


@pytest.fixture
def tell(plan, tess):
    """Tell of a plan's steps, each as (happened, helped), without the page."""

    def make(*answers, at=None, by=tess):
        version = newest(plan)
        given = dict(zip(version.steps.all(), answers, strict=False))
        return check_in(plan, given, by=by, at=at or timezone.now(), opened_number=version.number)

    return make


@pytest.fixture
def new_version(plan, plan_content, priya, sam, quillbrook):
    """Agree a next version whose steps are these."""

    def make(*steps):
        now, who = timezone.now(), somebody_at(quillbrook, sam)
        steps = [StepContent(what, who=who, how_often="weekly") for what in steps]
        content = plan_content(quillbrook, priya, why_changed="More", steps=steps)
        opened = as_it_is_now(plan)
        version = change_plan(opened, content, by=priya, at=now, opened_version=opened.version)
        version = send_plan(version, by=priya, at=now, opened_version=version.version)
        agree_plan(version, by=sam, at=now, opened_version=version.version)

    return make


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


def hints(client, plan):
    page = parsed(client.get(reverse("consultations:plan-review", args=[plan.reference])))
    found = [
        (one.legend.get_text(strip=True), one.select_one(".nhsuk-hint"))
        for one in page.select("main fieldset:has(> .nhsuk-radios--small)")
        if not one.select(".app-rating")
    ]
    assert page.select("main input[type=radio][checked]") == []
    return {question: hint.get_text(strip=True) for question, hint in found if hint}


@pytest.mark.parametrize("who", ["sam", "priya"])
def test_the_next_review_is_shown_what_was_told_last_of_each_step(request, client, sign_in, plan, tell, who):
    today = timezone.localdate()
    tell(("yes", "yes"), ("no", ""), at=timezone.now() - timedelta(minutes=2))
    tell(("sometimes", "a_bit"), at=timezone.now() - timedelta(minutes=1))
    sign_in(client, request.getfixturevalue(who))
    said = f"Tess Abernathy on {today.day} {today:%B}"
    assert hints(client, plan) == {
        "Meet at the door: did it happen?": f"{said}: it happened sometimes, it helped a bit.",
        "Sit near: did it happen?": f"{said}: it did not happen.",
    }


def test_where_adults_differ_each_is_shown_and_neither_hides_the_other(
    client, sign_in, sam, dana, plan, tell
):
    today, now = timezone.localdate(), timezone.now()
    tell(("yes", "yes"), ("no", ""), at=now - timedelta(minutes=4))
    tell(("no", ""), ("no", ""), at=now - timedelta(minutes=3))
    step, same = newest(plan).steps.all()
    told = CheckIn(plan=plan, plan_version=newest(plan), answered_by=dana, answered_at=now)
    answers = [CheckInAnswer(step=step, happened="yes"), CheckInAnswer(step=same, happened="no")]
    save_tracked(told, by=dana, reason="Told")
    for answer in answers:
        answer.check_in = told
        save_tracked(answer, by=dana, reason="Told")
    sign_in(client, sam)
    on = f"on {today.day} {today:%B}"
    assert hints(client, plan) == {
        "Meet at the door: did it happen?": (
            f"Tess Abernathy {on}: it did not happen. {dana} {on}: it happened."
        ),
        "Sit near: did it happen?": f"{dana} {on}: it did not happen.",
    }


def test_what_was_told_before_the_last_review_is_not_shown_again(
    client, sign_in, sam, plan, tell, make_review
):
    tell(("yes", "yes"), at=timezone.now() - timedelta(minutes=2))
    make_review(plan, at=timezone.now() - timedelta(minutes=1))
    sign_in(client, sam)
    assert hints(client, plan) == {}
    tell(("", "too_soon"))
    assert [words.split(": ")[1] for words in hints(client, plan).values()] == [
        "it is too soon to say if it helped."
    ]


def test_what_was_told_of_a_step_stays_with_it_in_the_next_version(
    client, sign_in, sam, plan, tell, new_version
):
    tell(("yes", "yes"), ("no", "no"))
    new_version("Meet at the door", "A new step")
    sign_in(client, sam)
    assert [*hints(client, plan)] == ["Meet at the door: did it happen?"]


@pytest.mark.parametrize("who", ["sam", "priya", "ruth"])
def test_the_history_lists_check_ins_the_newest_first(request, client, sign_in, plan, tell, who):
    tell(("yes", ""), at=timezone.now() - timedelta(minutes=2))
    tell(("sometimes", "a_bit"), ("", "too_soon"))
    page = sign_in(client, request.getfixturevalue(who)).get(f"{plan.get_absolute_url()}history/")
    headings = parsed(page).select("main h2")
    assert [h.get_text() for h in headings][-2:] == ["Check-ins by those who carry it out", "Every change"]
    heading = headings[-2]
    items = heading.find_next("ol").select("li")
    assert [" ".join(item.get_text(" ", strip=True).split("Meet", 1)[1].split()) for item in items] == [
        "at the door: Did it happen? Sometimes. Did it help? A bit. "
        "Sit near: Did it help? Too soon to say. By Tess Abernathy",
        "at the door: Did it happen? Yes. By Tess Abernathy",
    ]


def test_a_plan_reader_sees_their_own_check_ins_and_nobody_elses(plan, tell, role_of, tess, sam):
    tell(("yes", "yes"))
    assert CheckIn.objects.visible_to(role_of(tess)).count() == 1
    other = role_of(tess)
    other.person_id = sam.pk
    assert CheckIn.objects.visible_to(other).count() == 0


def test_every_answer_has_its_words():
    for name, choices in (("happened", HowItWent.Happened), ("helped", HowItWent.Helped)):
        assert HowItWent.TOLD[name].keys() == {choice.value for choice in choices}


def test_who_was_given_a_plan_long_ago_still_tells(plan, tell, today):
    PlanReader.objects.get()
    assert tell(("yes", "yes"), at=local(today, 9)).answers.count() == 1
