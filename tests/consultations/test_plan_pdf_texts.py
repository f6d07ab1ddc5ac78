"""Whatever was typed into a plan is printed: markup, long texts, and letters that no font has."""

from dataclasses import replace

import pytest
from django.db.models import prefetch_related_objects

from tests.maya import GOALS, REVIEW_ON, as_read, pages_of, print_of, without_foot
from tests.records import named_child

# Each way in which text could be taken for ReportLab's markup, or fetch something.
MARKUP = """<b>& <para> </font> &lt; &#65; ]]> "' <img src="http://127.0.0.1:9/a.png"/>"""


def fill(record, *fields):
    """Type MARKUP into the fields of a row, unsaved. Returns what a paper should say of them."""
    for field in fields:
        setattr(record, field, f"{field} {MARKUP}")
    return [f"{field} {MARKUP}" for field in fields]


def test_whatever_was_typed_is_printed_as_it_was_typed(maya_plan, mayas_review, priya):
    plan = maya_plan()
    mayas_review(plan, REVIEW_ON, [3, 3])
    plan, version, versions, reviews = as_read(plan, 1, priya)
    prefetch_related_objects([plan], "consultation__people")
    goal, step, service = version.goals.all()[0], version.steps.all()[0], plan.partnership.service
    texts = ["concern", "strengths", "tried", "childs_view", "parents_view", "parents_why", "if_not_reached"]
    typed = [
        *fill(service, "name", "what_a_plan_is", "if_things_get_worse", "paper_label"),
        *fill(plan.partnership.school, "name"),
        *fill(plan.case, "first_name", "last_name"),
        *fill(plan.consultation.people.all()[0], "name", "job", "organisation"),
        *fill(version, *texts),
        *fill(goal, "what", "at_zero", "at_ten"),
        *fill(step, "what", "note", "who_was", "strategy_title"),
        *fill(version.sent_by, "first_name"),
        *fill(reviews[0].reviewed_by, "last_name"),
        *fill(reviews[0], "note"),
    ]
    pages = pages_of(print_of(plan, version, versions, reviews))
    # Narrow columns break long words anywhere.
    words = "".join(without_foot(page, plan).replace(" ", "") for page in pages)
    assert [text for text in typed if text.replace(" ", "") not in words] == [f"paper_label {MARKUP}"]
    assert all(f"paper_label {MARKUP} page" in page for page in pages)


@pytest.mark.parametrize("text", ["Ж" * 2000, "Ж\n" * 1000, "Ж " * 1000, "\U0001f642Ж" * 1000])
def test_long_texts_are_printed_whole(maya_plan, body_of, text):
    fields = dict.fromkeys(["concern", "strengths", "tried", "childs_view", "parents_view"], text)
    assert body_of(maya_plan(**fields)).count("Ж") == 5 * text.count("Ж")


def test_a_row_taller_than_a_page_goes_on_on_the_next(maya_plan, mayas_review, mayas_steps, body_of):
    goal, step = replace(GOALS[0], what="Ж" * 300), replace(mayas_steps[0], what="Щ" * 300, note="Ю" * 300)
    goals = [replace(goal, at_ten=f"walks in, {number}") for number in range(3)]
    plan = maya_plan(goals=goals, steps=[step] * 12)
    mayas_review(plan, REVIEW_ON, [1, 2, 3], note="Д\n" * 499)
    words = body_of(plan)
    assert [words.count(letter) for letter in "ЖЩЮД"] == [900, 3600, 3600, 499]


def test_letters_the_font_lacks_leave_a_mark_and_the_foot_explains_it(maya_plan, body_of, pdf_of):
    mixed = named_child(
        first_name="\u674e Ng\u00f4\t\u0141ukasz",
        last_name="\u0418\u0432\u0430\u043d \u1780\u1781 \U0001f642\ufe0f \u202ex",
    )
    plan, plain = maya_plan(about=mixed), maya_plan()
    assert (
        "Child \u674e Ng\u00f4 \u0141ukasz \u0418\u0432\u0430\u043d \ufffd\ufffd \ufffd x Year group"
        in body_of(plan)
    )
    says = "\ufffd is a letter we could not print"
    assert [says in page for page in pages_of(pdf_of(plan))] == [True, True]
    assert [says in page for page in pages_of(pdf_of(plain))] == [False, False]
