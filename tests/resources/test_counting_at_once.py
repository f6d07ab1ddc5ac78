"""Two people review plans with the same strategy in the same moment: both are counted."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from resources.models import UseCount
from tests.plans import newest

pytestmark = pytest.mark.django_db(transaction=True)
TOGETHER = 6 if connection.vendor == "postgresql" else 1


def test_reviews_in_the_same_moment_are_all_counted(plan_with, make_strategy, make_review):
    page = make_strategy()
    plans = [plan_with(page) for _ in range(6)]
    answers = [{newest(plan).steps.get(): ("yes", "yes")} for plan in plans]
    # Fixtures are asked for here, not by several threads at once.
    make_review(plans[0])
    at_once = Barrier(TOGETHER)

    def review(plan, said):
        try:
            at_once.wait()
            make_review(plan, answers=said)
        finally:
            if TOGETHER > 1:
                connection.close()

    if TOGETHER > 1:
        with ThreadPoolExecutor(TOGETHER) as pool:
            for done in [pool.submit(review, *each) for each in zip(plans, answers, strict=True)]:
                done.result()
    else:
        for each in zip(plans, answers, strict=True):
            review(*each)

    now = UseCount.objects.get(stand="now", key_stage="KS2")
    assert (now.used, now.reviewed, now.helped_yes) == (6, 6, 6)
