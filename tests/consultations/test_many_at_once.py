"""Twenty people on one plan in the same moment: each act stands once with its own words or is refused."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import StaleVersion
from consultations.models import CheckIn, ParentsMeeting, Plan, PlanVersion, Review, Share, StageMove
from consultations.services import (
    ReviewContent,
    SchoolChange,
    agree_plan,
    ask_for_change,
    change_from_school,
    change_plan,
    check_in,
    give_plan_to_reader,
    hand_to_parents,
    recall_share,
    record_meeting,
    review_plan,
    send_plan,
    share_plan_again,
    take_back_plan,
)
from tests.plans import as_it_is_now, newest, next_weekday

from .test_history_at_once import verified

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, EACH = 20, 4


def opened(record, by):
    return {"by": by, "at": timezone.now(), "opened_version": record.version}


def on_newest(verb, by):
    def act(plan, word):
        version = newest(plan)
        verb(version, **opened(version, by))

    return act


def ask(by):
    def act(plan, word):
        version = newest(plan)
        ask_for_change(version, change=word, **opened(version, by))

    return act


def school_change(by):
    def act(plan, word):
        plan = as_it_is_now(plan)
        day = next_weekday(timezone.localdate() + timedelta(weeks=7 + plan.version))
        change_from_school(plan, SchoolChange(word, day), **opened(plan, by))

    return act


def review(by):
    def act(plan, word):
        plan = as_it_is_now(plan)
        day = next_weekday(timezone.localdate() + timedelta(weeks=6))
        content = ReviewContent("some_progress", note=word, next_review_on=day)
        review_plan(plan, content, **opened(plan, by))

    return act


@pytest.fixture
def acts(plan_content, quillbrook, priya, sam, dana, tess, today):
    """Every act as its page would send it: on what it reads at that moment. The word is what was typed."""
    content = plan_content(quillbrook, priya)

    def change(plan, word):
        plan = as_it_is_now(plan)
        fields = content.fields | {"why_changed": word}
        version = change_plan(plan, replace(content, fields=fields), **opened(plan, priya))
        send_plan(version, **opened(version, priya))

    def tell(plan, word):
        version = plan.versions.get(status="agreed")
        answers = {step: ("yes", "") for step in version.steps.all()}
        check_in(plan, answers, by=tess, at=timezone.now(), opened_number=version.number)

    def meet(plan, word):
        said = {"who_came": "The mother", "views": "", "agreed": word}
        record_meeting(plan, held_on=today, by=sam, at=timezone.now(), **said)

    def hand_over(plan, word):
        version = plan.versions.get(status="agreed")
        hand_to_parents(version, to=word, on=today, by=priya, at=timezone.now())

    def recall(plan, word):
        recall_share(plan.shares.filter(audience="link_staff").first(), by=priya, at=timezone.now())

    return {
        "change": change,
        "school change": school_change(sam),
        "school change by another": school_change(dana),
        "agree": on_newest(agree_plan, sam),
        "agree as clinician": on_newest(agree_plan, priya),
        "ask": ask(dana),
        "take back": on_newest(take_back_plan, priya),
        "take back as school": on_newest(take_back_plan, sam),
        "review": review(sam),
        "review as clinician": review(priya),
        "check in": tell,
        "meet": meet,
        "hand over": hand_over,
        "recall": recall,
        "share again": lambda plan, word: share_plan_again(plan, by=priya, at=timezone.now()),
    }


def press_all(plan, acts):
    """(done, refused): what was typed by the act that typed it, and what those refused were told.

    A deadlock, and whatever else is no refusal, fails the test.
    """
    together, names = Barrier(THREADS), list(acts)
    done, refused = {name: [] for name in names}, []

    def run(number):
        try:
            together.wait()
            for turn in range(EACH):
                name, word = names[(number + turn * 4) % len(names)], f"Word {number}-{turn}"
                try:
                    acts[name](plan, word)
                except ValidationError as refusal:
                    refused.append(" ".join(refusal.messages))
                except StaleVersion as stale:
                    refused.append(f"Now it is version {stale.record.version}")
                else:
                    done[name].append(word)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(run, range(THREADS)))
    return done, refused


def moves(status):
    """How often a version came into a state, as the history has it."""
    return Counter(PlanVersion.history.filter(status=status).values_list("id", flat=True))


def texts(rows, name):
    return sorted(rows.values_list(name, flat=True))


@pytest.fixture
def pressed(make_plan, acts, sam, tess):
    plan = make_plan("agreed")
    give_plan_to_reader(plan, tess, by=sam, at=timezone.now())
    done, refused = press_all(plan, acts)
    return plan, done, refused


def test_twenty_at_once_on_one_plan_lose_nothing(pressed):
    plan, done, refused = pressed
    count = Counter({name: len(words) for name, words in done.items()})
    reviews = done["review"] + done["review as clinician"]
    school = done["school change"] + done["school change by another"]
    agreed = count["agree"] + count["agree as clinician"]

    # Whoever pressed was heard or was told why not.
    assert count.total() + len(refused) == THREADS * EACH
    assert all(refused)
    assert count.total() > THREADS // 2

    # Each accepted writing stands with its own words, once; no other does.
    assert texts(plan.reviews, "note") == texts(Review.history, "note") == sorted(reviews)
    met = ParentsMeeting.objects.filter(plan=plan)
    assert texts(met, "agreed") == texts(ParentsMeeting.history, "agreed") == sorted(done["meet"])
    later = plan.versions.exclude(number=1)
    assert texts(later.filter(from_school=False), "why_changed") == sorted(done["change"])
    assert texts(later.filter(from_school=True), "why_changed") == sorted(school)
    assert texts(plan.versions.exclude(change_asked=""), "change_asked") == sorted(done["ask"])
    assert texts(plan.shares.filter(audience="parents"), "handed_to") == sorted(done["hand over"])
    assert CheckIn.objects.count() == CheckIn.history.count() == count["check in"]
    assert StageMove.objects.count() == bool(count["meet"])

    # Each move from state to state is in the history, once.
    assert moves("sent").total() == 1 + count["change"] + len(school)
    assert moves("agreed").total() == 1 + agreed
    assert moves("sent_back").total() == count["ask"]
    assert moves("taken_back").total() == count["take back"] + count["take back as school"]
    assert moves("replaced").total() == agreed
    assert set(moves("taken_back").values()) | set(moves("sent_back").values()) <= {1}


def test_after_twenty_at_once_the_plan_is_of_one_piece(pressed):
    plan = pressed[0]
    numbers = list(plan.versions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert plan.versions.filter(status="agreed").count() == 1
    assert plan.versions.filter(status="sent").count() <= 1
    assert Plan.objects.get().version == Plan.history.count()
    by_audience = {}
    for audience, number in Share.objects.order_by("audience", "pk").values_list("audience", "number"):
        by_audience.setdefault(audience, []).append(number)
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in by_audience.values())
    still_open = Share.objects.filter(closed_at=None).exclude(audience="parents")
    assert set(Counter(still_open.values_list("plan_version", "audience")).values()) <= {1}
    verified()
