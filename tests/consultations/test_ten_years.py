"""A case with the work of ten years opens with the questions of a new one, and a page of its history."""

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import Consultation, PlanVersion, Review
from consultations.services import agree_plan, change_plan, send_plan, share_consultation
from tests.cost import AT_MOST, cost
from tests.plans import as_it_is_now
from tests.records import named_child

OF_A_CASE = ["case", "case-timeline", "chronology"]
OF_A_PLAN = ["plan", "plan-history", "plan-review", "plan-compare"]


@pytest.fixture
def a_year(visit, make_consultation, make_plan, make_review, plan_content, priya, sam):
    """What a busy year adds to a case: talks that are shared, and a cycle of versions and reviews."""

    def next_version(plan):
        plan, by = as_it_is_now(plan), {"by": priya, "at": timezone.now()}
        content = plan_content(plan.partnership, priya, why_changed="More")
        version = change_plan(plan, content, opened_version=plan.version, **by)
        version = send_plan(version, opened_version=version.version, **by)
        agree_plan(version, by=sam, at=timezone.now(), opened_version=version.version)

    def add(about, talks=10, versions=2, reviews=4, goes_on=False):
        for number in range(talks):
            talk = make_consultation(visit=visit, about=about, tried=[(f"Chart {number}", "partly")])
            share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
            about = talk.case
        plan = make_plan("agreed", case=about)
        for _ in range(versions - 1):
            next_version(plan)
        for number in range(reviews):
            last = number == reviews - 1 and not goes_on
            make_review(plan, overall="finished" if last else "some_progress", note="As before")
        return plan

    return add


@pytest.fixture
def costs(request, client, sign_in):
    def of(plan):
        found = {}
        for who in ("priya", "sam"):
            sign_in(client, request.getfixturevalue(who))
            for name in OF_A_CASE + OF_A_PLAN:
                about = plan.case if name in OF_A_CASE else plan
                found[who, name] = cost(client, reverse(f"consultations:{name}", args=[about.reference]))
        return found

    return of


def test_a_case_of_ten_years_opens_with_the_questions_of_a_new_one(a_year, costs, client, sign_in, priya):
    new = a_year(named_child(first_name="New"), talks=1, versions=2, reviews=1, goes_on=True)
    before = costs(new)
    case = a_year(named_child(first_name="Old")).case
    for _ in range(8):
        a_year(case)
    plan = a_year(case, goes_on=True)

    counted = {
        "talks": Consultation.objects.filter(case=plan.case).count(),
        "versions": PlanVersion.objects.filter(plan__case=plan.case).count(),
        "reviews": Review.objects.filter(plan__case=plan.case).count(),
    }
    assert counted == {"talks": 100, "versions": 20, "reviews": 40}
    assert costs(plan) == before
    assert max(before.values()) <= AT_MOST
    page = sign_in(client, priya).get(reverse("consultations:case-timeline", args=[plan.case.reference]))
    assert len(page.context["page"].events) == 25
