import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase

from resources.models import LibraryPage, StrategyPage, TopicPage


class WhichPageGoesWhere(WagtailPageTestCase):
    def test_strategies_and_topics_stand_in_the_library_and_the_library_stands_at_the_root(self):
        self.assertAllowedParentPageTypes(StrategyPage, {LibraryPage})
        self.assertAllowedParentPageTypes(TopicPage, {LibraryPage})
        self.assertAllowedParentPageTypes(LibraryPage, {Page})

    def test_the_library_holds_strategies_and_topics_and_they_hold_nothing(self):
        self.assertAllowedSubpageTypes(LibraryPage, {StrategyPage, TopicPage})
        self.assertAllowedSubpageTypes(StrategyPage, {})
        self.assertAllowedSubpageTypes(TopicPage, {})


def test_there_is_one_library(library):
    assert not LibraryPage.can_create_at(Page.get_first_root_node())


def test_a_published_strategy_has_at_least_one_step(make_strategy):
    with pytest.raises(ValidationError) as refusal:
        make_strategy(steps=[])
    assert refusal.value.message_dict == {"steps": ["Add at least one step"]}


@pytest.mark.parametrize(
    "half", [{"reviewed_by": "Priya"}, {"reviewed_on": datetime.date(2026, 10, 5)}], ids=["who", "when"]
)
def test_a_review_says_who_and_when(make_strategy, half):
    with pytest.raises(ValidationError, match="Enter both who reviewed this strategy and when, or neither"):
        make_strategy(**half)
    page = make_strategy()
    with pytest.raises(IntegrityError), transaction.atomic():
        StrategyPage.objects.filter(pk=page.pk).update(**half)
