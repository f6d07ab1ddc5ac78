"""Many people hand papers out in the same moment: numbers have no gap and none is given twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from time import sleep
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import StaleVersion
from consultations.models import Case, Paper, Plan
from consultations.papers.evidence import evidence_pack
from consultations.papers.plan import plan_to_hand_out
from consultations.services import (
    NewConsent,
    NewPaper,
    ReviewContent,
    change_plan,
    check_in,
    give_plan_to_reader,
    hand_out,
    make_referral,
    move_case,
    move_stage,
    recall_share,
    record_meeting,
    review_plan,
    send_plan,
    share_plan_again,
)
from tests.consents import answer
from tests.plans import next_weekday
from tests.records import named_child

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, EACH = 20, 4
MAYA = named_child(first_name="Maya", last_name="Thornbury", date_of_birth=date(2017, 3, 27))


def at_once(act):
    """Runs `act(number, turn)` in every thread. What it raises fails the test, a deadlock too."""
    together = Barrier(THREADS)

    def run(number):
        try:
            together.wait()
            for turn in range(EACH):
                act(number, turn)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(run, range(THREADS)))


def test_numbers_are_given_once_and_leave_no_gap(make_plan, make_consultation, visit, priya):
    plans = [make_plan("sent", consultation=make_consultation(visit=visit)) for _ in range(4)]
    cases = [plan.case for plan in plans]

    def act(number, turn):
        """Two threads have the same words for each case: that is one paper."""
        words = {"kind": "Title", "text": f"Paper {number // 2}, {turn}"}
        new = NewPaper("chronology", "clinicians", f"Chronology {number // 2}, {turn}", [words])
        hand_out(cases[number // 2 % 4], new, by=priya, at=timezone.now())

    at_once(act)
    numbers = sorted(Paper.objects.values_list("number", flat=True))
    assert numbers == list(range(1, THREADS // 2 * EACH + 1))


@pytest.fixture
def plan(make_plan, make_consultation, calendar, priya, sam, tess):
    plan = make_plan("agreed", consultation=make_consultation(about=MAYA))
    answer(plan.case, "refer_on", by=priya)
    give_plan_to_reader(plan, tess, by=sam, at=timezone.now())
    return plan


@pytest.fixture
def acts_of_a_plan(plan_content, quillbrook, priya, sam, role_of, today):
    content = plan_content(quillbrook, priya, why_changed="More was needed")
    school, clinic = role_of(sam), role_of(priya)

    def pack(plan):
        hand_out(plan.case, evidence_pack(plan.case, school, today), by=sam, at=timezone.now())

    def paper(plan):
        version = plan.versions.get(number=1)
        new = plan_to_hand_out(plan, version, clinic, today, for_a_request=False)
        # Other words each time, so that each is a paper of its own.
        new = replace(new, title=f"{new.title} {uuid4()}")
        hand_out(plan.case, new, by=priya, at=timezone.now())

    def review(plan):
        day = next_weekday(today + timedelta(weeks=6))
        content = ReviewContent("some_progress", next_review_on=day)
        review_plan(plan, content, by=sam, at=timezone.now(), opened_version=plan.version)

    def change(plan):
        version = change_plan(plan, content, by=priya, at=timezone.now(), opened_version=plan.version)
        send_plan(version, by=priya, at=timezone.now(), opened_version=version.version)

    return {"pack": pack, "paper": paper, "review": review, "change": change}


@pytest.fixture
def acts_of_a_case(another_school, priya, sam, tess, today):
    def meet(plan):
        said = {"who_came": "Mum", "views": "Calmer.", "agreed": "Go on."}
        record_meeting(plan, held_on=today, by=sam, at=timezone.now(), **said)

    def move(plan):
        stage = "in_school" if plan.case.stage == "parents_involved" else "parents_involved"
        said = {"moved_on": today, "reason": "No headway.", "decided_by": "Both"}
        move_stage(plan.case, stage, by=priya, at=timezone.now(), opened_version=plan.case.version, **said)

    def refer(plan):
        days = {"made_on": today, "due_on": today + timedelta(days=28)}
        said = {"to": "The clinic", "feedback": "Sent.", "longer_term": False}
        make_referral(plan.case, by=priya, at=timezone.now(), **days, **said)

    def recall(plan):
        share = plan.shares.filter(audience="link_staff").first()
        recall_share(share, by=priya, at=timezone.now())
        share_plan_again(plan, by=priya, at=timezone.now())

    def check(plan):
        version = plan.versions.get(status="agreed")
        answers = {step: ("yes", "a_bit") for step in version.steps.all()}
        check_in(plan, answers, by=tess, at=timezone.now(), opened_number=version.number)

    def go_on(plan):
        consent = NewConsent("parent", "phone", today)
        move_case(plan.case, another_school, consent, by=priya, on=today, at=timezone.now())

    return {
        **{"meet": meet, "move": move, "refer": refer, "check in": check, "go on": go_on},
        "recall": recall,
    }


@pytest.fixture
def acts(acts_of_a_plan, acts_of_a_case):
    return acts_of_a_plan | acts_of_a_case


@pytest.mark.parametrize("other", ["review", "change", "recall"])
def test_handing_out_beside_another_act_loses_nothing(plan, acts, other):
    done = []

    def act(number, turn):
        name = ["paper", "pack", other, other][number % 4]
        try:
            acts[name](as_read(plan))
        except (ValidationError, StaleVersion):
            return
        done.append(name)

    at_once(act)
    # What was read as shared may be closed when it is handed out: then it is refused, never half done.
    assert {other} | ({"paper"} if other != "recall" else set()) <= {*done}
    numbers = sorted(Paper.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def as_read(plan):
    return Plan.objects.select_related("case", "partnership").get(pk=plan.pk)


@pytest.mark.parametrize(
    "other", ["review", "change", "meet", "move", "refer", "check in", "go on", "recall"]
)
def test_handing_out_never_waits_for_who_waits_for_it(plan, acts, other):
    """The other act has begun and waits for the case, which is held while a paper of its plan is written."""

    def run():
        try:
            acts[other](as_read(plan))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Case.objects.select_for_update().get(pk=plan.case_id)
            begun = pool.submit(run)
            wait_until_somebody_waits()
            acts["paper"](as_read(plan))
        begun.result()
    assert Paper.objects.count() == 1


WAITING = """
    SELECT count(*) FROM pg_locks waits JOIN pg_locks here ON here.pid = waits.pid
    WHERE NOT waits.granted
    AND here.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def wait_until_somebody_waits():
    if connection.vendor == "sqlite":
        return  # it has one writer at a time
    for _ in range(400):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        sleep(0.02)
    raise AssertionError("Nobody waits for the case.")
