"""A form that is stale and wrong at once: to put the mistake right is not to see what somebody else saved."""

from django.urls import reverse

from tests.filling import main_text, problems


def test_a_mistake_put_right_does_not_write_over_what_somebody_else_saved(tab, priya, make_consultation):
    consultation = make_consultation()
    edit = reverse("consultations:consultation-edit", args=[consultation.reference])
    first, second = tab(priya, edit), tab(priya, edit)
    first.send(concern="What the first tab says", reason="Heard more")

    assert problems(second.send(concern="What the second tab says")) == ["Enter why you are changing this"]
    page = second.send(concern="What the second tab says", reason="Heard less")
    assert "This changed while you were writing" in main_text(page)
    consultation.refresh_from_db()
    assert consultation.concern == "What the first tab says"


def test_who_took_part_and_what_was_tried_are_in_the_list_of_changes(tab, priya, make_consultation):
    consultation = make_consultation(tried=[("A sticker chart", "no_effect")])
    edit = reverse("consultations:consultation-edit", args=[consultation.reference])
    tab(priya, edit).send(
        **{"tried-0-what": "A quiet corner", "tried-0-effect": "helped", "reason": "Heard more"}
    )
    page = main_text(tab(priya, consultation.get_absolute_url()).page)
    assert "What the school tried: A sticker chart: no effect → nothing. Reason: Heard more" in page
    assert "What the school tried: A quiet corner: helped. Reason: Heard more" in page
