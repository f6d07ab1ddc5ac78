"""The copy that parents or carers are handed: what it leaves out, and what is a heading."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.services import save_tracked
from consultations.papers.parents_copy import copy_blocks, words_of_copy
from consultations.services import GoalContent, NewCase, hand_to_parents, share_consultation
from tests.filling import main_text
from tests.maya import MAYA, PEOPLE, REVIEW_ON, WRITTEN_ON
from tests.plans import as_it_is_now
from tests.records import local, whole_class
from web.papers.blocks import Heading, Text, Title

from .test_paper_as_read import text_of

STAFF_WORDS = ["SENCO", "Class teacher", "Clinician", "URN", "cycle", "Signature", "Step 1", "Goal 1", "EHC"]


@pytest.fixture
def copy(maya_plan, mayas_review, make_consultation, priya, sam):
    """Of a reviewed plan, whose consultation has a note of its own and one that was shared."""
    talk = make_consultation(about=MAYA, people=PEOPLE, agreed="canary-agreed", clinical_note="canary-note")
    share_consultation(talk, by=priya, at=local(WRITTEN_ON, 12), opened_version=talk.version)
    plan = maya_plan(consultation=talk)
    mayas_review(plan, REVIEW_ON, [4, 2], note="canary-review")
    handed = {"on": REVIEW_ON, "by": sam, "at": timezone.now()}
    return hand_to_parents(as_it_is_now(plan).versions.get(), to="Maya's mother", **handed)


@pytest.fixture
def words(client, sign_in, sam, copy):
    page = sign_in(client, sam).get(reverse("consultations:share-pdf", args=[copy.reference]))
    return " ".join(text_of(page).split())


def test_nothing_of_staff_among_themselves_is_on_it(words):
    assert [word for word in [*STAFF_WORDS, "canary"] if word in words] == []


HEADINGS = [
    *("What we are worried about", "What is going well", "What has been tried"),
    *("What the child or young person says", "What you say", "What we want to be different"),
    *("What adults will do", "When we look at it again", "If it does not help", "If things get worse"),
    *("Who agreed this", "Who to ask"),
]


def typed(words):
    """Every heading, and everything a heading or a title is kept with, on lines of their own."""
    return "\n".join(
        [words, *(f"{mark}{line}" for line in HEADINGS for mark in ("", " ", "# ", "= ", "  ")), "end"]
    )


@pytest.fixture
def hostile(maya_plan, mayas_steps, quillbrook, priya):
    """A plan of lines that read like headings, in every text that a copy repeats."""
    service = quillbrook.service
    service.what_a_plan_is, service.if_things_get_worse = typed("What it is"), typed("Worse")
    save_tracked(service, by=priya, reason="Said otherwise")
    names = ("concern", "strengths", "tried", "childs_view", "parents_view", "if_not_reached")
    goals = [GoalContent(typed("Goal")[:300], 2, 6, "staff", "Who to ask\n# Zero", "Who to ask\n# Ten")]
    steps = [replace(step, what=typed("Step")[:300], note=typed("Note")[:300]) for step in mayas_steps]
    texts = {name: typed(name)[: 500 if name == "if_not_reached" else None] for name in names}
    return maya_plan(goals=goals, steps=steps, **texts)


def test_nothing_that_was_typed_is_a_heading(hostile, sam, today):
    handed = {"to": "Mum\n# Who to ask\nWho to ask", "on": today, "by": sam, "at": timezone.now()}
    copy = hand_to_parents(hostile.versions.get(), **handed)
    blocks = list(copy_blocks(copy))
    assert [block.text for block in blocks if isinstance(block, Heading)] == HEADINGS
    assert [block.text for block in blocks if isinstance(block, Title)] == ["Plan for Maya Thornbury, Year 4"]
    words = [block.text for block in blocks if isinstance(block, Text)]
    assert words.count("Who to ask") > 5
    assert {"# Who to ask", "= Who to ask", "  Who to ask"} <= set(words)


BEFORE = """Plan for Maya Thornbury, Year 4
Quillbrook Primary School, 14 September 2026
What we are worried about
She said:
 What you say
= Title
# Who to ask
What adults will do
- Meet Maya at the side door.
Who to ask
Quillbrook Primary School."""


def test_a_copy_frozen_before_its_lines_said_what_they_are_prints_as_it_did():
    title, *rest = words_of_copy(BEFORE)
    assert title == Title("Plan for Maya Thornbury, Year 4")
    assert rest == [
        Text("Quillbrook Primary School, 14 September 2026"),
        Heading("What we are worried about"),
        *(Text("She said:"), Text(" What you say"), Text("= Title"), Text("# Who to ask")),
        Heading("What adults will do"),
        Text("- Meet Maya at the side door."),
        Heading("Who to ask"),
        Text("Quillbrook Primary School."),
    ]


@pytest.fixture
def copy_words(client, sign_in, sam):
    """What parents would be handed today."""
    return lambda plan: main_text(
        sign_in(client, sam).get(reverse("consultations:parents-copy", args=[plan.reference]))
    )


def test_before_a_review_it_says_the_start_and_the_day_agreed(copy_words, maya_plan):
    words = copy_words(maya_plan())
    assert "(2 of 10 at the start, we hope for 6;" in words
    assert "When we look at it again 12 October 2026" in words


def test_after_the_last_review_it_says_that_the_plan_ended(copy_words, maya_plan, mayas_review):
    plan = maya_plan()
    mayas_review(plan, REVIEW_ON, [6, 5], overall="finished")
    words = copy_words(plan)
    assert "(2 of 10 at the start, 6 on 12 October 2026, we hope for 6;" in words
    assert "When we look at it again This plan ended on 12 October 2026: finished." in words


def test_of_a_goal_not_rated_again_the_rating_before_stands(copy_words, maya_plan, mayas_review, make_review):
    plan = maya_plan()
    mayas_review(plan, REVIEW_ON, [4, 2])
    first = plan.versions.get().goals.first()
    make_review(plan, at=local(REVIEW_ON + timedelta(days=14), 15), ratings={first: 5})
    words = copy_words(plan)
    assert "(2 of 10 at the start, 5 on 26 October 2026, we hope for 6;" in words
    assert "(1 of 10 at the start, 2 on 12 October 2026, we hope for 5;" in words


def test_of_a_class_it_is_what_the_children_say(copy_words, make_plan, make_consultation):
    words = copy_words(
        make_plan("agreed", consultation=make_consultation(about=whole_class()), childs_view="Too loud.")
    )
    assert "What the children or young people say Too loud." in words


def test_a_plan_for_staff_has_no_copy_for_parents(client, sign_in, sam, make_plan, make_consultation, today):
    plan = make_plan("agreed", consultation=make_consultation(about=NewCase("staff")))
    page = sign_in(client, sam).get(plan.get_absolute_url())
    url = reverse("consultations:parents-copy", args=[plan.reference])
    assert url not in page.text
    assert client.get(url).status_code == 403
    handed = {"to": "A parent", "on": today, "by": sam, "at": timezone.now()}
    with pytest.raises(ValidationError, match="A plan for staff has no copy"):
        hand_to_parents(plan.versions.get(), **handed)


def test_a_plan_without_a_name_is_for_a_child(copy_words, make_plan, make_consultation):
    about = NewCase("child", year_group=4)
    words = copy_words(make_plan("agreed", consultation=make_consultation(about=about)))
    assert "Plan for a child, Year 4" in words
