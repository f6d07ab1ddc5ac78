"""Twenty people on one plan in the same moment: each act counts once or is refused, and nothing is lost."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import StaleVersion
from consultations.models import Plan, PlanVersion, Share
from consultations.services import (
    ReviewContent,
    SchoolChange,
    agree_plan,
    ask_for_change,
    change_from_school,
    change_plan,
    hand_to_parents,
    recall_share,
    review_plan,
    send_plan,
    share_plan_again,
    take_back_plan,
)
from tests.plans import as_it_is_now, newest, next_weekday

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, EACH = 20, 4
REFUSED = (ValidationError, StaleVersion)


def opened(record, by):
    return {"by": by, "at": timezone.now(), "opened_version": record.version}


def on_newest(verb, by, **more):
    def act(plan):
        version = newest(plan)
        verb(version, **opened(version, by), **more)

    return act


def school_change(by):
    def act(plan):
        plan = as_it_is_now(plan)
        day = next_weekday(timezone.localdate() + timedelta(weeks=7 + plan.version))
        change_from_school(plan, SchoolChange("Half term", day), **opened(plan, by))

    return act


def review(by):
    def act(plan):
        plan = as_it_is_now(plan)
        day = next_weekday(timezone.localdate() + timedelta(weeks=6))
        review_plan(plan, ReviewContent("some_progress", next_review_on=day), **opened(plan, by))

    return act


@pytest.fixture
def acts(plan_content, quillbrook, priya, sam, dana, today):
    """Every act as its page would send it: on what it reads at that moment."""
    content = plan_content(quillbrook, priya, why_changed="More was needed")

    def change(plan):
        plan = as_it_is_now(plan)
        version = change_plan(plan, content, **opened(plan, priya))
        send_plan(version, **opened(version, priya))

    def hand_over(plan):
        to, version = f"Parent {timezone.now().timestamp()}", plan.versions.get(status="agreed")
        hand_to_parents(version, to=to, on=today, by=priya, at=timezone.now())

    def recall(plan):
        recall_share(plan.shares.filter(audience="link_staff").first(), by=priya, at=timezone.now())

    return {
        "change": change,
        "school change": school_change(sam),
        "school change by another": school_change(dana),
        "agree": on_newest(agree_plan, sam),
        "agree as clinician": on_newest(agree_plan, priya),
        "ask": on_newest(ask_for_change, dana, change="Less"),
        "take back": on_newest(take_back_plan, priya),
        "take back as school": on_newest(take_back_plan, sam),
        "review": review(sam),
        "review as clinician": review(priya),
        "hand over": hand_over,
        "recall": recall,
        "share again": lambda plan: share_plan_again(plan, by=priya, at=timezone.now()),
    }


def press_all(plan, acts):
    """What was done, by name and how often. A deadlock is no refusal: it fails the test."""
    together, names = Barrier(THREADS), list(acts)

    def run(number):
        done = []
        try:
            together.wait()
            for turn in range(EACH):
                name = names[(number + turn * 3) % len(names)]
                try:
                    acts[name](plan)
                except REFUSED:
                    continue
                done.append(name)
        finally:
            connection.close()
        return done

    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(name for done in pool.map(run, range(THREADS)) for name in done)


def moves(status, **more):
    """How often a version came into a state, as the history has it."""
    rows = PlanVersion.history.filter(status=status, **more).values_list("id", flat=True)
    return Counter(rows)


def test_twenty_at_once_on_one_plan_lose_nothing(make_plan, acts):
    plan = make_plan("agreed")
    done = press_all(plan, acts)
    school = done["school change"] + done["school change by another"]
    agreed = done["agree"] + done["agree as clinician"]
    took = done["take back"] + done["take back as school"]
    reviews = done["review"] + done["review as clinician"]

    # Once each in the history, and no row that nobody made.
    assert plan.reviews.count() == reviews
    assert Counter(plan.reviews.model.history.values_list("history_type", flat=True)) == {"+": reviews} or (
        reviews == 0
    )
    assert plan.versions.count() == 1 + done["change"] + school
    assert moves("sent").total() == 1 + done["change"] + school
    assert moves("agreed").total() == 1 + agreed
    assert moves("sent_back").total() == done["ask"]
    assert moves("taken_back").total() == took
    assert moves("replaced").total() == agreed
    assert set(moves("taken_back").values()) | set(moves("sent_back").values()) <= {1}
    assert plan.shares.filter(audience="parents").count() == done["hand over"]

    # Numbers without a gap, one version in force, every record saved as often as its history says.
    numbers = list(plan.versions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert plan.versions.filter(status="agreed").count() == 1
    assert plan.versions.filter(status="sent").count() <= 1
    assert done.total() > THREADS // 2
    stored = Plan.objects.get()
    assert stored.version == Plan.history.count()
    in_order = Share.objects.order_by("audience", "pk").values_list("audience", "number")
    by_audience = {}
    for audience, number in in_order:
        by_audience.setdefault(audience, []).append(number)
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in by_audience.values())
    still_open = Share.objects.filter(closed_at=None).exclude(audience="parents")
    assert set(Counter(still_open.values_list("plan_version", "audience")).values()) <= {1}
