"""A step keeps what its library page was called and which version it was, whatever becomes of the page."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from consultations.models import Draft, Step
from consultations.services import agree_plan, give_plan_to_reader, send_plan
from resources.models import StrategyPage
from tests.filling import OpenForm, as_sent, main_text, parsed, problems
from tests.plans import newest
from web.words import longdate

from .conftest import plan_answers

TITLE = "Small brave steps"
GONE = f"“{TITLE}” is no longer in the library. Keep these words or write your own, then save again"


@pytest.fixture
def page(library):
    """A page of the library, published 3 weeks ago."""
    before = timezone.now() - timedelta(weeks=3)
    StrategyPage.objects.filter(slug="small-brave-steps").update(title=TITLE, last_published_at=before)
    return StrategyPage.objects.get(slug="small-brave-steps")


def unpublish(page):
    page.unpublish()


def delete(page):
    page.delete()


def rename(page):
    page.title = "Tiny brave steps"
    page.save_revision().publish()


def move(page):
    page.slug = "brave-steps"
    page.save_revision().publish()


EACH = [unpublish, delete, rename, move]
BECOMES = pytest.mark.parametrize("becomes", EACH, ids=[done.__name__ for done in EACH])
    "becomes", [unpublish, delete, rename, move], ids=lambda done: done.__name__
)


def edit(plan):
    return reverse("consultations:plan-edit", args=[plan.reference])


def step_of(plan):
    return newest(plan).steps.get()


def as_it_was(step):
    return step.what, step.strategy_title, step.strategy_as_of, step.strategy_revision


def test_a_step_says_which_version_of_the_page_it_was(in_a_plan, page):
    step = step_of(in_a_plan(page))
    assert as_it_was(step) == (TITLE, TITLE, page.last_published_at, page.live_revision_id)
    assert step.strategy_id == page.pk
    assert None not in as_it_was(step)


def test_a_step_in_own_words_says_nothing_of_it(make_plan):
    step = step_of(make_plan("agreed"))
    assert as_it_was(step) == ("Meet Robin at the side door", "", None, None)


@pytest.mark.parametrize(
    ("column", "value"),
    [("strategy_title", "Other"), ("strategy_as_of", timezone.now()), ("strategy_revision", 0)],
)
def test_once_it_was_sent_nothing_of_it_can_be_changed(in_a_plan, page, column, value):
    step = step_of(in_a_plan(page, "sent"))
    setattr(step, column, value)
    with pytest.raises(ValueError, match=f"What was given out is frozen: {column} cannot change."):
        step.save()


@BECOMES
def test_a_plan_in_force_keeps_it_and_its_history_is_whole(in_a_plan, page, becomes):
    plan = in_a_plan(page)
    was = as_it_was(step_of(plan))
    becomes(page)
    assert as_it_was(step_of(plan)) == was
    out = StringIO()
    call_command("verify_history", stdout=out, verbosity=0)
    assert out.getvalue() == "Everything is as it was written.
"



@pytest.mark.parametrize("status", ["draft", "sent", "agreed"])
@BECOMES
def test_every_page_of_a_plan_opens_whatever_became_of_it(
    client, sign_in, priya, in_a_plan, page, status, becomes
):
    plan = in_a_plan(page, status)
    becomes(page)
    sign_in(client, priya)
    names = ["", "history/", "versions/1/", "paper/", "plan.pdf"] + {
        "draft": ["edit/", "check/", "strategies/"],
        "sent": [],
        "agreed": ["edit/", "review/", "readers/", "copy-for-parents/", "strategies/"],
    }[status]
    found = {name: client.get(f"{plan.get_absolute_url()}{name}").status_code for name in names}
    assert found == dict.fromkeys(names, 200)
    assert f"From the library: {TITLE}, as of" in main_text(client.get(plan.get_absolute_url()))


def library_line(client, plan):
    """What the plan says of the page, and where its link leads; None without a link."""
    step = parsed(client.get(plan.get_absolute_url())).select_one(".app-steps li span")
    link = step.select_one("a")
    return " ".join(step.get_text().split()), link["href"] if link else None


@pytest.mark.parametrize(
    ("becomes", "more", "link"),
    [
        (lambda page: None, "", "/library/small-brave-steps/"),
        (unpublish, "", None),
        (delete, "", None),
        (rename, " This page has changed since.", "/library/small-brave-steps/"),
        (move, " This page has changed since.", "/library/brave-steps/"),
    ],
    ids=["as it was", "unpublished", "deleted", "renamed", "moved"],
)
def test_the_plan_says_what_it_was_and_leads_nowhere_dead(
    client, sign_in, sam, in_a_plan, page, becomes, more, link
):
    plan, day = in_a_plan(page), longdate(page.last_published_at)
    becomes(page)
    assert library_line(sign_in(client, sam), plan) == (
        f"From the library: {TITLE}, as of {day}.{more}",
        link,
    )
    if link:
        assert client.get(link).status_code == 200


@BECOMES
def test_a_plan_goes_on_through_every_state(
    client, sign_in, priya, sam, in_a_plan, make_review, page, becomes
):
    """Changed in C4, sent, agreed, changed by the school, reviewed: the step stays what it was."""
    plan = in_a_plan(page)
    was = as_it_was(step_of(plan))
    becomes(page)
    form = OpenForm(sign_in(client, priya), edit(plan))
    assert TITLE in main_text(form.page)
    assert form.send(why_changed="A smaller goal", concern="It is better.").status_code == 302
    version = newest(plan)
    assert (version.number, as_it_was(version.steps.get())) == (2, was)
    version = send_plan(version, by=priya, at=timezone.now(), opened_version=version.version)
    agree_plan(version, by=sam, at=timezone.now(), opened_version=version.version)
    make_review(plan)
    school = OpenForm(
        sign_in(client, sam), reverse("consultations:plan-school-change", args=[plan.reference])
    )
    how_often = next(name for name in as_sent(school.page) if name.startswith("how_often"))
    assert school.send(**{how_often: "every_day", "why_changed": "Daily now"}).status_code == 302
    assert (newest(plan).number, as_it_was(step_of(plan))) == (3, was)


def test_a_form_that_holds_a_page_deleted_meanwhile_says_so_and_loses_nothing(planning, page):
    open_form = planning.whole()
    row = next(name for name, value in open_form.items() if value == [str(page.pk)]).removesuffix("strategy")
    who = planning.answers["steps-0-who"]
    typed = {f"{row}chosen": "on", f"{row}who": who, f"{row}how_often": "weekly", f"{row}note": "In the hall"}
    typed |= dict.fromkeys(["steps-0-what", "steps-0-who", "steps-0-how_often"]) if row == "steps-0-" else {}
    page.delete()
    answer = planning.client.post(planning.url, planning.whole() | typed)
    assert problems(answer) == [GONE]
    box = parsed(answer).select_one(f"[name={row}what]")
    assert (box["value"], box["aria-invalid"]) == (TITLE, "true")
    sent = as_sent(answer)
    beside = [sent[f"{row}{name}"] for name in ("who", "how_often", "note")]
    assert beside == [[who], ["weekly"], ["In the hall"]]
    assert planning.client.post(planning.url, sent).status_code == 302
    step = Step.objects.get(what=TITLE)
    assert (step.note, step.strategy, step.strategy_title) == ("In the hall", None, "")


def test_a_draft_that_holds_it_opens_and_says_so(planning, page):
    row = next(name for name, value in planning.whole().items() if value == [str(page.pk)])
    planning.send(later="1", **{row.replace("strategy", "chosen"): "on"})
    page.unpublish()
    answer = planning.client.get(Draft.objects.get().resume_url)
    assert problems(answer) == []
    assert f"“{TITLE}” is no longer in the library. Keep these words, or write your own." in main_text(answer)


def test_one_that_nobody_ticked_says_nothing(planning, page):
    whole = planning.whole()
    page.delete()
    assert planning.client.post(planning.url, whole).status_code == 302
    assert [step.what for step in Step.objects.all()] == ["Meet Robin at the side door"]


@pytest.mark.parametrize("becomes", [unpublish, delete])
def test_the_service_refuses_a_page_that_is_gone(in_a_plan, page, becomes):
    held = StrategyPage.objects.get(pk=page.pk)
    becomes(page)
    with transaction.atomic(), pytest.raises(ValidationError) as refused:
        in_a_plan(held)
    assert refused.value.messages == [
        f"“{TITLE}” is no longer in the library. Choose something else, or write your own words."
    ]
    assert not Step.objects.exists()


def test_the_next_cycle_keeps_it_too(client, sign_in, priya, in_a_plan, make_review, page, today):
    plan = in_a_plan(page)
    was = as_it_was(step_of(plan))
    make_review(plan, overall="finished")
    page.delete()
    url = reverse("consultations:case-plan", args=[plan.case.reference])
    answers = plan_answers(plan.partnership, today)
    own = dict.fromkeys(name for name in answers if name.startswith("steps-"))
    form = OpenForm(sign_in(client, priya), url, **answers | own)
    assert form.send().status_code == 302
    assert as_it_was(newest(plan.case.plans.get(cycle=2)).steps.get()) == was


def test_a_forged_key_of_a_step_brings_nothing_in(planning, in_a_plan, page):
    other = step_of(in_a_plan(page))
    row = {"steps-0-kept": other.identity.hex, "steps-0-title": "Forged", "steps-0-chosen": "on"}
    planning.send(**row)
    step = Step.objects.exclude(pk=other.pk).get()
    assert as_it_was(step) == ("Meet Robin at the side door", "", None, None)


def test_the_title_on_the_form_is_text_and_never_markup(planning, page):
    row = next(name for name, value in planning.whole().items() if value == [str(page.pk)])
    page.delete()
    forged = "<script>alert(1)</script>"
    answer = planning.send(
        **{row.replace("strategy", "chosen"): "on", row.replace("strategy", "title"): forged}
    )
    assert forged not in answer.text
    assert f"“{forged}” is no longer in the library." in main_text(answer)


def test_shared_with_a_plan_reader_it_reads_the_same(client, sign_in, tess, in_a_plan, page, priya):
    plan, day = in_a_plan(page), longdate(page.last_published_at)
    give_plan_to_reader(plan, tess, by=priya, at=timezone.now())
    url = reverse("consultations:carrying-out", args=[plan.reference])
    rename(page)
    text = main_text(sign_in(client, tess).get(url))
    assert f"From the library: {TITLE}, as of {day}. This page has changed since." in text
    page.delete()
    assert f"From the library: {TITLE}, as of {day}." in main_text(client.get(url))
