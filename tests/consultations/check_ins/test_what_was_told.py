"""What was told of a plan is shown in its next review and in its history."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import CheckIn, CheckInAnswer
from tests.filling import parsed
from tests.plans import newest


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
