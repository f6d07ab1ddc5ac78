"""Parents withdraw their consent while the school has the plan open."""

import pytest


@pytest.fixture
def plan(make_plan, calendar, library, priya, sam):
    return make_plan("sent")


def test_the_school_can_do_nothing_more_with_an_open_page(hand, plan, priya, sam):
    senco, clinician = hand(sam, quiet=False), hand(priya)
    senco.page.goto(f"/plans/{plan.reference}/agree/")
    assert senco.says("Robin comes in calmly")

    clinician.page.goto(plan.case.get_absolute_url())
    clinician.follow("Consent: who agreed to what")
    clinician.page.get_by_role("link", name="Withdraw consent: share the plan with the school").click()
    assert clinician.says(f"The plan {plan.reference} will be closed to the school at once.")
    clinician.sees()
    clinician.press("Withdraw consent")
    assert clinician.says(f"Consent withdrawn. The plan {plan.reference} was closed to the school.")
    clinician.sees()

    senco.choose("Agree")
    senco.press("Save my answer")
    assert not senco.says("Robin")
    assert plan.versions.get().status == "sent"
    senco.page.goto("/needs-doing/")
    assert not senco.says(plan.reference)
