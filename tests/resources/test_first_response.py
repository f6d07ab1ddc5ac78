"""Pages about eating, self-harm and trauma: what staff do first, whom they tell and where help is."""

import pytest
from django.core.exceptions import ValidationError

from resources.models import Theme
from resources.models.first_response import LEFT_EMPTY, ONLY_FIRST_RESPONSE

from .conftest import WORDS

LINES = [("line", "Something.")]
SOMETHING = dict.fromkeys(LEFT_EMPTY, LINES) | {"effort": "no_extra", "shows_in": "days"}


def test_the_three_themes_are_marked(db):
    marked = Theme.objects.filter(first_response_only=True).values_list("slug", flat=True)
    assert set(marked) == {"eating", "self-harm", "trauma"}


@pytest.mark.parametrize("slug", ["eating", "self-harm", "trauma"])
@pytest.mark.parametrize("field", LEFT_EMPTY)
def test_what_is_for_other_pages_is_refused(make_strategy, slug, field):
    page = make_strategy(themes=[slug])
    setattr(page, field, SOMETHING[field])
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    name = Theme.objects.get(slug=slug).name
    assert refusal.value.message_dict == {
        field: [
            f"A page about “{name}” holds only what staff do first, whom they tell and where help is. "
            f"Leave “{LEFT_EMPTY[field]}” empty"
        ]
    }


@pytest.mark.parametrize("field", ONLY_FIRST_RESPONSE)
def test_whom_to_tell_and_where_help_is_are_needed(make_strategy, field):
    page = make_strategy(themes=["trauma"])
    setattr(page, field, [])
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert refusal.value.message_dict == {field: [f"Add at least one line to “{ONLY_FIRST_RESPONSE[field]}”"]}


def test_one_such_theme_among_others_is_enough(make_strategy):
    page = make_strategy(themes=["worry"])
    page.themes = list(Theme.objects.filter(slug__in=["worry", "eating"]))
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert set(refusal.value.message_dict) == {"when_to_use", "seek_help", "effort", "shows_in"} | set(
        ONLY_FIRST_RESPONSE
    )


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("effort", "Select how much effort it takes"),
        ("shows_in", "Select how long it is until it shows"),
        ("when_to_use", "Add at least one line on when to use it"),
        ("seek_help", "Add at least one sign to seek more help"),
    ],
)
def test_any_other_page_says_when_how_much_and_when_to_seek_help(make_strategy, field, message):
    page = make_strategy()
    setattr(page, field, [] if isinstance(WORDS[field], list) else "")
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert refusal.value.message_dict == {field: [message]}


@pytest.mark.parametrize("field", ONLY_FIRST_RESPONSE)
def test_any_other_page_leaves_those_two_empty(make_strategy, field):
    page = make_strategy()
    setattr(page, field, LINES)
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert refusal.value.message_dict == {
        field: [f"“{ONLY_FIRST_RESPONSE[field]}” is only for pages on what staff do first. Leave it empty"]
    }


def test_a_draft_may_hold_anything(make_strategy):
    assert make_strategy(live=False, effort="", when_to_use=[]).pk
