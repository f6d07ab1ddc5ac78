"""A paper that was closed with what it repeats: it opens again with the same words, and with no others."""

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import Paper
from consultations.services import (
    agree_plan,
    change_plan,
    hand_to_parents,
    recall_share,
    send_plan,
    share_consultation,
    share_plan_again,
)
from tests.cost import cost
from tests.handing_out import hand_out_as_read


@pytest.fixture
def plan(make_plan):
    return make_plan("agreed")


@pytest.fixture
def handed(client, sign_in, sam, plan):
    """The plan on paper, in the school's file; Sam is signed in."""
    hand_out_as_read(sign_in(client, sam), reverse("consultations:plan-paper", args=[plan.reference]))
    return Paper.objects.get()


@pytest.fixture
def opens(client, sign_in, sam):
    """What the page and the PDF of a paper answer to Sam."""

    def ask(paper):
        sign_in(client, sam)
        page = paper.get_absolute_url()
        return {client.get(url).status_code for url in (page, f"{page}paper.pdf")}

    return ask


def recall(shares, by):
    recall_share(shares.filter(closed_at=None).first(), by=by, at=timezone.now())


def change_and_agree(plan, content, priya, sam):
    plan.refresh_from_db()
    now = timezone.now()
    version = change_plan(plan, content, by=priya, at=now, opened_version=plan.version)
    version = send_plan(version, by=priya, at=now, opened_version=version.version)
    agree_plan(version, by=sam, at=now, opened_version=version.version)


def test_it_opens_again_when_the_same_version_is_shared_anew(opens, priya, handed, plan):
    recall(plan.shares, priya)
    assert opens(handed) == {410}
    share_plan_again(plan, by=priya, at=timezone.now())
    assert opens(handed) == {200}


def test_the_same_words_handed_out_then_are_the_same_paper(client, opens, priya, handed, plan):
    recall(plan.shares, priya)
    share_plan_again(plan, by=priya, at=timezone.now())
    assert opens(handed) == {200}
    hand_out_as_read(client, reverse("consultations:plan-paper", args=[plan.reference]))
    assert list(Paper.objects.values_list("number", flat=True)) == [1]


def test_it_stays_closed_when_another_version_is_shared_anew(opens, priya, sam, handed, plan, plan_content):
    recall(plan.shares, priya)
    content = plan_content(plan.partnership, priya, why_changed="A new year.")
    change_and_agree(plan, content, priya, sam)
    open_now = plan.shares.filter(closed_at=None, audience="link_staff")
    assert [share.plan_version.number for share in open_now] == [2]
    assert opens(handed) == {410}


def test_it_stays_closed_until_the_last_text_that_it_repeats_is_shared_anew(
    client, sign_in, sam, priya, opens, make_consultation, make_plan
):
    talk = make_consultation(agreed="A calm start.", next_step="start_plan")
    share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    plan = make_plan("agreed", consultation=talk)
    hand_out_as_read(sign_in(client, sam), reverse("consultations:evidence", args=[talk.case.reference]))
    pack = Paper.objects.get()
    assert opens(pack) == {200}
    recall(talk.shares, priya)
    recall(plan.shares, priya)
    share_plan_again(plan, by=priya, at=timezone.now())
    assert opens(pack) == {410}
    assert "Recalled on" in client.get(pack.get_absolute_url()).text
    talk.refresh_from_db()
    share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    assert opens(pack) == {200}


def test_a_note_with_other_words_leaves_it_closed_and_the_first_words_open_it(
    client, sign_in, sam, priya, opens, make_consultation, change
):
    talk = make_consultation(agreed="A calm start.")
    share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    hand_out_as_read(sign_in(client, sam), reverse("consultations:evidence", args=[talk.case.reference]))
    pack, found = Paper.objects.get(), []
    for words in ("Another text.", "A calm start.", "A calm start. "):
        talk = change(talk, agreed=words, concern=talk.concern)
        share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
        found.append(opens(pack))
    assert found == [{410}, {200}, {410}]


@pytest.mark.parametrize(("to", "answer"), [("Robin's mother", 200), ("Robin's uncle", 410)])
def test_a_copy_for_parents_counts_when_the_same_person_was_handed_it(
    client, sign_in, sam, priya, opens, plan, today, to, answer
):
    version = plan.versions.get()
    handing = {"on": today, "by": sam, "at": timezone.now()}
    hand_to_parents(version, to="Robin's mother", **handing)
    hand_out_as_read(sign_in(client, sam), reverse("consultations:chronology", args=[plan.case.reference]))
    paper = Paper.objects.get()
    recall(plan.shares, priya)
    share_plan_again(plan, by=priya, at=timezone.now())
    assert opens(paper) == {410}
    hand_to_parents(version, to=to, **handing)
    assert opens(paper) == {answer}


def test_opening_it_again_asks_the_database_no_more(client, opens, priya, handed, plan):
    before = cost(client, handed.get_absolute_url())
    for _ in range(3):
        recall(plan.shares, priya)
        share_plan_again(plan, by=priya, at=timezone.now())
    opens(handed)
    assert cost(client, handed.get_absolute_url()) == before
