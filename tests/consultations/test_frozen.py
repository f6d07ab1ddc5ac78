"""What was given out stays as it was, whoever writes: texts, goals, steps, and that they are there."""

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.services import delete_tracked, save_tracked
from consultations.models import Goal, Paper, Share, Step
from consultations.services import NewPaper, hand_out, take_back_plan
from tests.plans import as_it_is_now, newest

ANOTHER = {
    "goals": {"what": "Another goal", "rating": 9, "expected": 10},
    "steps": {"what": "Another step", "note": "More", "who_was": "Somebody", "how_often": "weekly"},
}
TEXTS = ("concern", "strengths", "tried", "childs_view", "parents_view", "if_not_reached", "why_changed")


def rewrite(record, by, **values):
    for name, value in values.items():
        setattr(record, name, value)
    with transaction.atomic():
        save_tracked(record, by=by, reason="Rewritten")


@pytest.mark.parametrize("status", ["sent", "agreed"])
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_was_sent_cannot_be_rewritten(make_plan, priya, status, name):
    version = newest(make_plan(status))
    with pytest.raises(ValueError, match=f"frozen: {name} cannot change"):
        rewrite(version, priya, **{name: "Rewritten"})
    version.refresh_from_db()
    assert getattr(version, name) != "Rewritten"


def test_nor_its_review_date(make_plan, priya, today):
    with pytest.raises(ValueError, match="frozen: review_on cannot change"):
        rewrite(newest(make_plan("sent")), priya, review_on=today)


@pytest.mark.parametrize(
    ("parts", "name"), [(parts, name) for parts, names in ANOTHER.items() for name in names]
)
def test_nor_a_part_of_it(make_plan, priya, parts, name):
    part = getattr(newest(make_plan("sent")), parts).get()
    with pytest.raises(ValueError, match=f"frozen: {name} cannot change"):
        rewrite(part, priya, **{name: ANOTHER[parts][name]})


@pytest.mark.parametrize("parts", ANOTHER)
def test_no_part_of_it_is_taken_away_moved_or_added(make_plan, make_consultation, priya, parts):
    version, draft = newest(make_plan("sent")), newest(make_plan("draft"))
    part = getattr(version, parts).get()
    with pytest.raises(ValueError, match="cannot be deleted"), transaction.atomic():
        delete_tracked(part, by=priya, reason="Struck out")
    with pytest.raises(ValueError, match="plan_version_id, position cannot change"):
        rewrite(part, priya, plan_version=draft, position=3)
    part.refresh_from_db()
    part.pk = None
    with pytest.raises(ValueError, match="nothing can be added"):
        rewrite(part, priya, position=3)
    assert getattr(version, parts).count() == 1


def test_nor_is_the_version_or_a_share_of_it_deleted(make_plan, priya):
    version = newest(make_plan("sent"))
    for record in (version, Share.objects.get()):
        with pytest.raises(ValueError, match="cannot be deleted"):
            delete_tracked(record, by=priya, reason="Struck out")


def test_a_draft_is_written_as_long_as_it_is_one(make_plan, priya):
    version = newest(make_plan("draft"))
    rewrite(version, priya, concern="Rewritten")
    rewrite(version.goals.get(), priya, what="Another goal")
    delete_tracked(version.steps.get(), by=priya, reason="Struck out")
    assert [goal.what for goal in Goal.objects.all()] == ["Another goal"]
    assert not Step.objects.exists()


def test_the_answer_to_a_sent_version_is_written(make_plan, priya):
    version = newest(make_plan("sent"))
    said = {"change_asked": "Once a week", "change_asked_at": timezone.now(), "change_asked_by": priya}
    rewrite(version, priya, status="sent_back", **said)
    version.refresh_from_db()
    assert (version.status, version.change_asked) == ("sent_back", "Once a week")


@pytest.mark.parametrize("name", ["concern", "if_not_reached"])
def test_what_was_taken_back_stays_as_it_was_sent(make_plan, priya, name):
    version = newest(make_plan("sent"))
    take_back_plan(version, by=priya, at=timezone.now(), opened_version=version.version)
    with pytest.raises(ValueError, match=f"frozen: {name} cannot change"):
        rewrite(newest(version.plan), priya, **{name: "Rewritten"})


@pytest.mark.parametrize("name", ["why_changed", "from_school"])
def test_so_does_what_the_school_changed(make_plan, school_change, priya, name):
    version = school_change(make_plan("agreed"))
    with pytest.raises(ValueError, match=f"frozen: {name} cannot change"):
        rewrite(version, priya, **{name: "Rewritten" if name == "why_changed" else False})


def test_nor_is_a_plan_that_ended_written_over(make_plan, make_review, priya):
    plan = make_plan("agreed")
    make_review(plan, overall="finished")
    with pytest.raises(ValueError, match="frozen: concern cannot change"):
        rewrite(newest(as_it_is_now(plan)), priya, concern="Rewritten")


PAPER = {
    "title": "Another",
    "blocks": [["Heading", "Others"]],
    "label": "None",
    "from_whom": "Somebody",
    "audience": "school",
}


@pytest.fixture
def paper(make_plan, priya):
    version = newest(make_plan("agreed"))
    new = NewPaper("plan", "clinicians", "A plan", [["Heading", "Words"]], plan_version=version)
    return hand_out(version.plan.case, new, by=priya, at=timezone.now())


@pytest.mark.parametrize("name", [*PAPER, "number"])
def test_a_paper_that_was_handed_out_cannot_be_rewritten(paper, priya, name):
    with pytest.raises(ValueError, match=f"frozen: {name} cannot change"):
        rewrite(paper, priya, **{name: (PAPER | {"number": 99})[name]})
    kept = Paper.objects.get()
    assert (kept.title, kept.blocks, kept.number) == ("A plan", [["Heading", "Words"]], 1)


def test_nor_deleted(paper, priya):
    with pytest.raises(ValueError, match="cannot be deleted"):
        delete_tracked(paper, by=priya, reason="Struck out")
