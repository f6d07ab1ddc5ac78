"""Every write of a case is a link of its chain, signed with the one before it."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import TrackedModel
from accounts.services import save_tracked
from consultations.models import CaseChain, CaseLink, OfCase, chained_models
from consultations.services import GoalContent, rewrite_draft, share_consultation

# What a school asks to talk about is of no case yet, or of one that it leaves untouched.
NOT_OF_A_CASE = {"DiscussionRequest", "PlanRules", "SchoolRules"}


def tracked_models():
    return [
        model
        for model in apps.get_app_config("consultations").get_models()
        if issubclass(model, TrackedModel)
    ]


def links_of(case):
    return list(CaseLink.objects.filter(case=case).order_by("number"))


def history_of(case):
    """(table, key of the history row) of everything ever written about the case."""
    found = set()
    for model in chained_models():
        rows = model.history.filter(**{model.CASE or "id": case.pk})
        found |= {(model._meta.label, key) for key in rows.values_list("history_id", flat=True)}
    return found


def test_every_tracked_model_belongs_to_a_case_or_is_named_as_one_that_does_not():
    outside = {model.__name__ for model in tracked_models() if not issubclass(model, OfCase)}
    assert outside == NOT_OF_A_CASE


@pytest.mark.parametrize("model", chained_models(), ids=lambda model: model.__name__)
def test_the_way_to_the_case_leads_there(model):
    field = model._meta
    for name in [name for name in model.CASE.split("__") if name]:
        field = field.get_field(name).related_model._meta
    assert field.label == "consultations.Case"


def test_every_write_is_a_link_numbered_without_gaps_and_each_signature_is_right(
    make_plan, make_review, make_consultation, priya
):
    talk = make_consultation(clinical_note="Private", tried=[("A chart", "partly")], risk="to_tell")
    plan = make_plan("agreed", consultation=talk)
    goal, step = plan.versions.get().goals.get(), plan.versions.get().steps.get()
    make_review(plan, ratings={goal: 4}, answers={step: ("yes", "a_bit")})
    share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    links, before = links_of(plan.case), ""
    assert {(link.table, link.history_id) for link in links} == history_of(plan.case)
    assert [link.number for link in links] == list(range(1, len(links) + 1))
    for link in links:
        row = apps.get_model(link.table).history.get(history_id=link.history_id)
        assert link.is_right(before, row)
        before = link.mac
    chain = CaseChain.objects.get(case=plan.case)
    assert (chain.length, chain.mac) == (len(links), before)


def test_a_goal_struck_out_of_a_draft_is_a_link_too(make_plan, plan_content, priya):
    goals = [GoalContent(what, rating=2, expected=7, rated_by="staff") for what in ("One", "Two")]
    plan = make_plan("draft", goals=goals)
    version = plan.versions.get()
    content = plan_content(plan.partnership, priya, goals=goals[:1])
    rewrite_draft(version, content, by=priya, at=timezone.now(), opened_version=version.version)
    assert {(link.table, link.history_id) for link in links_of(plan.case)} == history_of(plan.case)
    newest = links_of(plan.case)[-1]
    assert apps.get_model(newest.table).history.get(history_id=newest.history_id).history_type == "-"


def test_a_write_costs_at_most_3_questions_more(make_consultation, priya):
    talk = make_consultation()
    talk.agreed = "Something else."
    with CaptureQueriesContext(connection) as captured:
        save_tracked(talk, by=priya, reason="Changed")
    asked = [query["sql"] for query in captured.captured_queries]
    of_the_chain = [sql for sql in asked if "consultations_case" in sql.split("WHERE")[0] and "link" in sql]
    heads = [sql for sql in asked if "casechain" in sql]
    history = [sql for sql in asked if sql.startswith("SELECT") and "historicalconsultation" in sql]
    assert (len(of_the_chain), len(heads), len(history)) == (1, 2, 0)


def test_a_write_that_fails_leaves_no_link(make_consultation, priya):
    talk = make_consultation()
    before = CaseLink.objects.count()
    talk.minutes = 1
    with pytest.raises(ValidationError, match="Minutes must be"):
        save_tracked(talk, by=priya, reason="Changed")
    assert CaseLink.objects.count() == before


def test_the_links_of_two_cases_are_numbered_apart(make_consultation):
    first, second = make_consultation().case, make_consultation().case
    assert links_of(first)[0].number == links_of(second)[0].number == 1
    assert links_of(first)[0].mac != links_of(second)[0].mac
