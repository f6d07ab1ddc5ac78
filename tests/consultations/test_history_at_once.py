"""Many people write about one case in the same moment: nobody waits for ever, and the chain is whole."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from accounts.services import log_reading, save_tracked
from consultations.models import CaseChain, Consultation
from consultations.services import (
    NewConsent,
    give_plan_to_reader,
    hand_to_parents,
    record_consent,
    share_consultation,
)
from tests.places import new_person

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 12


def at_once(acts):
    """Run them in threads that begin together. Raises what one of them raised."""
    together = Barrier(len(acts))

    def run(act):
        together.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def verified():
    out = StringIO()
    call_command("verify_history", stdout=out, verbosity=0)
    return out.getvalue()


def test_twelve_people_write_about_one_case_and_no_link_is_lost(make_consultation, make_plan, visit, priya):
    first = make_consultation()
    talks = [first, *(make_consultation(visit=visit, about=first.case) for _ in range(PEOPLE - 1))]
    people = [new_person(f"Person{number}", "Writer") for number in range(PEOPLE)]
    before = CaseChain.objects.get(case=first.case).length

    def write(talk, person):
        def act():
            with transaction.atomic():
                locked = Consultation.objects.select_for_update().get(pk=talk.pk)
                save_tracked(locked, by=person, reason="Looked over")
                save_tracked(locked, by=person, reason="Looked over again")

        return act

    at_once([write(talk, person) for talk, person in zip(talks, people, strict=True)])
    assert CaseChain.objects.get(case=first.case).length == before + 2 * PEOPLE
    assert verified() == "Everything is as it was written.\n"


def test_services_that_lock_different_things_first_do_not_wait_for_each_other(
    make_consultation, make_plan, change, today, priya, sam, tess
):
    at, talk = timezone.now(), make_consultation()
    plan = make_plan("agreed", consultation=talk)
    version, opened = plan.versions.get(), talk.version
    answer = NewConsent("parent", "phone", today, purposes=("observe",))
    acts = [
        lambda: share_consultation(talk, by=priya, at=at, opened_version=opened),
        lambda: record_consent(talk.case, answer, by=priya, on=today),
        lambda: hand_to_parents(version, to="Robin's mother", on=today, by=priya, at=at),
        lambda: give_plan_to_reader(plan, tess, by=sam, at=at),
        lambda: record_consent(talk.case, answer, by=priya, on=today),
    ]
    at_once(acts)
    change(Consultation.objects.get(pk=talk.pk), concern="Another", agreed="Another", held_at=talk.held_at)
    assert verified() == "Everything is as it was written.\n"


def test_two_who_wrote_a_row_that_refers_to_the_case_both_get_its_lock(
    make_consultation, visit, priya, role_of
):
    first = make_consultation()
    talks = [first, make_consultation(visit=visit, about=first.case)]
    # SQLite lets one write at a time, so there nobody can wait in the middle.
    both_wrote = Barrier(2 if connection.vendor == "postgresql" else 1)
    role = role_of(priya)

    def write(talk):
        def act():
            with transaction.atomic():
                log_reading(talk.case, role=role, record=talk, door="consultations:case", at=timezone.now())
                with connection.cursor() as cursor:
                    if connection.vendor == "postgresql":
                        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                both_wrote.wait(timeout=20)
                save_tracked(talk, by=priya, reason="Looked over")

        return act

    at_once([write(talk) for talk in talks])
    assert verified() == "Everything is as it was written.\n"
