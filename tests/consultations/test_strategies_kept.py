"""A step keeps what its library page was called and which version it was, whatever becomes of the page."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from consultations.models import Draft, Step
from consultations.services import agree_plan, give_plan_to_reader, send_plan
from resources.models import StrategyPage
from resources.services import publish_reviewed, start_review
from tests.filling import OpenForm, as_sent, main_text, parsed, problems
from tests.plans import newest
from web.words import longdate

from .conftest import plan_answers

TITLE = "Small brave steps"
GONE = f"“{TITLE}” is no longer in the library. Keep these words or write your own, then save again"


@pytest.fixture
def strategy(library):
    """A page of the library whose words are 3 weeks old."""
    before = timezone.now() - timedelta(weeks=3)
    StrategyPage.objects.filter(slug="small-brave-steps").update(title=TITLE, words_changed_at=before)
    return StrategyPage.objects.get(slug="small-brave-steps")


@pytest.fixture
def planning(strategy, planning):
    """C4, open, with the strategy among those it offers; the step in own words has a row of its own."""
    boxes = as_sent(planning.page)
    own = next(name for name in boxes if name.startswith("steps-") and name.endswith("-what"))
    planning.answers = {
        name.replace("steps-0-", own.removesuffix("what")): value for name, value in planning.answers.items()
    }
    return planning


def row_of(strategy, form):
    """The beginning of the names of its row in an open form."""
    boxes = as_sent(form.page)
    found = [name for name, value in boxes.items() if value == [str(strategy.pk)]]
    return next(name for name in found if name.endswith("-strategy")).removesuffix("strategy")


def unpublish(strategy):
    strategy.unpublish()


def delete(strategy):
    strategy.delete()


def rename(strategy):
    strategy.title = "Tiny brave steps"
    strategy.save_revision().publish()


def review(strategy):
    priya = User.objects.get(first_name="Priya")
    publish_reviewed(start_review(StrategyPage.objects.get(pk=strategy.pk), by=priya), by=priya)


def move(strategy):
    strategy.slug = "brave-steps"
    strategy.save_revision().publish()


EACH = [unpublish, delete, rename, move]
BECOMES = pytest.mark.parametrize("becomes", EACH, ids=[done.__name__ for done in EACH])


def edit(plan):
    return reverse("consultations:plan-edit", args=[plan.reference])


def step_of(plan):
    return newest(plan).steps.get()


def as_it_was(step):
    return step.what, step.strategy_title, step.strategy_as_of, step.strategy_revision


def library_line(client, plan, url=None):
    """What the plan says of the page, and where its link leads; None without a link."""
    step = parsed(client.get(url or plan.get_absolute_url())).select_one(".app-steps li span")
    link = step.select_one("a")
    return " ".join(step.get_text().split()), link["href"] if link else None


def test_a_step_says_which_version_of_the_page_it_was(in_a_plan, strategy):
    step = step_of(in_a_plan(strategy))
    assert as_it_was(step) == (TITLE, TITLE, strategy.words_changed_at, strategy.live_revision_id)
    assert step.strategy_id == strategy.pk
    assert None not in as_it_was(step)


def test_a_step_in_own_words_says_nothing_of_it(make_plan):
    step = step_of(make_plan("agreed"))
    assert as_it_was(step) == ("Meet Robin at the side door", "", None, None)


@pytest.mark.parametrize(
    ("column", "value"),
    [("strategy_title", "Other"), ("strategy_as_of", timezone.now()), ("strategy_revision", 0)],
)
def test_once_it_was_sent_nothing_of_it_can_be_changed(in_a_plan, strategy, column, value):
    step = step_of(in_a_plan(strategy, "sent"))
    setattr(step, column, value)
    with pytest.raises(ValueError, match=f"What was given out is frozen: {column} cannot change."):
        step.save()


@BECOMES
def test_a_plan_in_force_keeps_it_and_its_history_is_whole(in_a_plan, strategy, becomes):
    plan = in_a_plan(strategy)
    was = as_it_was(step_of(plan))
    becomes(strategy)
    assert as_it_was(step_of(plan)) == was
    out = StringIO()
    call_command("verify_history", stdout=out, verbosity=0)
    assert out.getvalue() == "Everything is as it was written.\n"


@pytest.mark.parametrize("status", ["draft", "sent", "agreed"])
@BECOMES
def test_every_page_of_a_plan_opens_whatever_became_of_it(
    client, sign_in, priya, in_a_plan, strategy, status, becomes
):
    plan = in_a_plan(strategy, status)
    becomes(strategy)
    sign_in(client, priya)
    names = ["", "history/", "versions/1/", "paper/", "plan.pdf"] + {
        "draft": ["edit/", "check/", "strategies/"],
        "sent": [],
        "agreed": ["edit/", "review/", "readers/", "copy-for-parents/", "strategies/"],
    }[status]
    found = {name: client.get(f"{plan.get_absolute_url()}{name}").status_code for name in names}
    assert found == dict.fromkeys(names, 200)
    assert library_line(client, plan)[0].startswith(f"From the library: {TITLE}, as of ")


@pytest.mark.parametrize(
    ("becomes", "more", "link"),
    [
        (lambda strategy: None, "", "/library/small-brave-steps/"),
        (review, "", "/library/small-brave-steps/"),
        (unpublish, "", None),
        (delete, "", None),
        (rename, " This page has changed since.", "/library/small-brave-steps/"),
        (move, " This page has changed since.", "/library/brave-steps/"),
    ],
    ids=["as it was", "reviewed as it stands", "unpublished", "deleted", "renamed", "moved"],
)
def test_the_plan_says_what_it_was_and_leads_nowhere_dead(
    client, sign_in, sam, in_a_plan, strategy, becomes, more, link
):
    plan, day = in_a_plan(strategy), longdate(strategy.words_changed_at)
    becomes(strategy)
    assert library_line(sign_in(client, sam), plan) == (
        f"From the library: {TITLE}, as of {day}.{more}",
        link,
    )
    if link:
        assert client.get(link).status_code == 200


@BECOMES
def test_a_plan_goes_on_through_every_state(
    client, sign_in, priya, sam, in_a_plan, make_review, strategy, becomes
):
    """Changed in C4, sent, agreed, changed by the school, reviewed: the step stays what it was."""
    plan = in_a_plan(strategy)
    was = as_it_was(step_of(plan))
    becomes(strategy)
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


def test_a_form_that_holds_a_page_deleted_meanwhile_says_so_and_loses_nothing(strategy, planning):
    row = row_of(strategy, planning)
    who = next(value for name, value in planning.answers.items() if name.endswith("-who"))
    typed = {"chosen": "on", "who": who, "how_often": "weekly", "note": "In the hall"}
    strategy.delete()
    answer = planning.send(**{f"{row}{name}": value for name, value in typed.items()})
    assert problems(answer) == [GONE]
    box = parsed(answer).select_one(f"[name={row}what]")
    assert (box["value"], box["aria-invalid"]) == (TITLE, "true")
    sent = as_sent(answer)
    beside = [sent[f"{row}{name}"] for name in ("who", "how_often", "note")]
    assert beside == [[who], ["weekly"], ["In the hall"]]
    assert planning.client.post(planning.url, sent).status_code == 302
    step = Step.objects.get(what=TITLE)
    assert (step.note, step.strategy, step.strategy_title) == ("In the hall", None, "")


def test_a_draft_that_holds_it_opens_and_says_so(strategy, planning):
    planning.send(later="1", **{f"{row_of(strategy, planning)}chosen": "on"})
    strategy.unpublish()
    answer = planning.client.get(Draft.objects.get().resume_url)
    assert problems(answer) == []
    assert f"“{TITLE}” is no longer in the library. Keep these words, or write your own." in main_text(answer)


def test_one_that_nobody_ticked_says_nothing(strategy, planning):
    strategy.delete()
    assert planning.send().status_code == 302
    assert [step.what for step in Step.objects.all()] == ["Meet Robin at the side door"]


@pytest.mark.parametrize("becomes", [unpublish, delete])
def test_the_service_refuses_a_page_that_is_gone(in_a_plan, strategy, becomes):
    held = StrategyPage.objects.get(pk=strategy.pk)
    becomes(strategy)
    with transaction.atomic(), pytest.raises(ValidationError) as refused:
        in_a_plan(held)
    assert refused.value.messages == [
        f"“{TITLE}” is no longer in the library. Choose something else, or write your own words."
    ]
    assert not Step.objects.exists()


def test_the_next_cycle_keeps_it_too(client, sign_in, priya, in_a_plan, make_review, strategy, today):
    plan = in_a_plan(strategy)
    was = as_it_was(step_of(plan))
    make_review(plan, overall="finished")
    strategy.delete()
    url = reverse("consultations:case-plan", args=[plan.case.reference])
    answers = plan_answers(plan.partnership, today)
    answers = {name: value for name, value in answers.items() if not name.startswith("steps-")}
    form = OpenForm(sign_in(client, priya), url, **answers)
    assert problems(form.send()) == []
    assert as_it_was(newest(plan.case.plans.get(cycle=2)).steps.get()) == was


def test_a_forged_key_of_a_step_brings_nothing_in(strategy, planning, in_a_plan):
    other = step_of(in_a_plan(strategy))
    own = next(name for name in planning.answers if name.endswith("-what") and "steps" in name)
    forged = {"kept": other.identity.hex, "title": "Forged", "chosen": "on"}
    planning.send(**{own.replace("what", name): value for name, value in forged.items()})
    step = Step.objects.exclude(pk=other.pk).get()
    assert as_it_was(step) == ("Meet Robin at the side door", "", None, None)


def test_the_title_on_the_form_is_text_and_never_markup(strategy, planning):
    row, forged = row_of(strategy, planning), "<script>alert(1)</script>"
    strategy.delete()
    answer = planning.send(**{f"{row}chosen": "on", f"{row}title": forged})
    assert forged not in answer.text
    assert f"“{forged}” is no longer in the library." in main_text(answer)


def test_shared_with_a_plan_reader_it_reads_the_same(client, sign_in, tess, in_a_plan, strategy, priya):
    plan, day = in_a_plan(strategy), longdate(strategy.words_changed_at)
    give_plan_to_reader(plan, tess, by=priya, at=timezone.now())
    url = reverse("consultations:carrying-out", args=[plan.reference])
    rename(strategy)
    changed = f"From the library: {TITLE}, as of {day}. This page has changed since."
    assert library_line(sign_in(client, tess), plan, url) == (changed, "/library/small-brave-steps/")
    strategy.delete()
    assert library_line(client, plan, url) == (f"From the library: {TITLE}, as of {day}.", None)
