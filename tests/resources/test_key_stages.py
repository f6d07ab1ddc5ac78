import pytest
from django.core.exceptions import ValidationError

from resources.models import StrategyPage

pytestmark = pytest.mark.django_db


def test_key_stages_come_back_as_a_list_from_the_youngest_up_each_once(make_strategy):
    page = make_strategy(key_stages=["KS3", "EYFS", "KS3"])
    assert StrategyPage.objects.get(pk=page.pk).key_stages == ["EYFS", "KS3"]


@pytest.mark.parametrize(
    ("code", "titles"),
    [("EYFS", {"Young"}), ("KS2", {"Young", "Older"}), ("KS4", {"Older"}), ("KS5", set()), ("KS", set())],
)
def test_a_key_stage_finds_the_strategies_that_have_it_and_no_other(make_strategy, code, titles):
    make_strategy("Young", key_stages=["EYFS", "KS1", "KS2"])
    make_strategy("Older", key_stages=["KS2", "KS4"])
    assert {page.title for page in StrategyPage.objects.with_facet("key_stage", code)} == titles


@pytest.mark.parametrize("codes", [["KS9"], ["KS1", "KS2 "], ["ks1"], "KS1,KS9"])
def test_a_key_stage_that_does_not_exist_is_refused(make_strategy, codes):
    page = make_strategy()
    page.key_stages = codes
    with pytest.raises(ValidationError, match="There is no key stage called"):
        page.full_clean()


def test_a_strategy_has_at_least_one_key_stage(make_strategy):
    with pytest.raises(ValidationError) as refusal:
        make_strategy(key_stages=[])
    assert set(refusal.value.message_dict) == {"key_stages"}


def test_key_stages_survive_a_draft_and_its_publication(make_strategy):
    page = make_strategy(key_stages=["KS1"])
    page.key_stages = ["EYFS", "KS1"]
    page.save_revision().publish()
    assert StrategyPage.objects.get(pk=page.pk).key_stages == ["EYFS", "KS1"]
    assert page.get_latest_revision_as_object().key_stages == ["EYFS", "KS1"]


def test_a_code_we_no_longer_know_is_shown_as_it_stands(make_strategy):
    page = make_strategy(key_stages=["KS1"])
    page.key_stages = ["KS1", "KS9"]
    assert dict(page.who_it_helps([]))["Ages"] == "Key stage 1 (Years 1 and 2)\nKS9"
