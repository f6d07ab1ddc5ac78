"""A plan that Tess carries out, and telling how it went without the page."""

import pytest
from django.utils import timezone

from consultations.services import (
    StepContent,
    agree_plan,
    change_plan,
    check_in,
    give_plan_to_reader,
    send_plan,
)
from tests.plans import as_it_is_now, newest
from tests.records import somebody_at


@pytest.fixture
def plan(make_plan, quillbrook, sam, tess):
    who = somebody_at(quillbrook, sam)
    steps = [StepContent(what, who=who, how_often="weekly") for what in ("Meet at the door", "Sit near")]
    plan = make_plan("agreed", steps=steps)
    give_plan_to_reader(plan, tess, by=sam, at=timezone.now())
    return plan


@pytest.fixture
def tell(plan, tess):
    """Tell of a plan's steps, each as (happened, helped), without the page."""

    def make(*answers, at=None, by=tess):
        version = newest(plan)
        given = dict(zip(version.steps.all(), answers, strict=False))
        return check_in(plan, given, by=by, at=at or timezone.now(), opened_number=version.number)

    return make


@pytest.fixture
def new_version(plan, plan_content, priya, sam, quillbrook):
    """Agree a next version whose steps are these."""

    def make(*steps):
        now, who = timezone.now(), somebody_at(quillbrook, sam)
        steps = [StepContent(what, who=who, how_often="weekly") for what in steps]
        content = plan_content(quillbrook, priya, why_changed="More", steps=steps)
        opened = as_it_is_now(plan)
        version = change_plan(opened, content, by=priya, at=now, opened_version=opened.version)
        version = send_plan(version, by=priya, at=now, opened_version=version.version)
        agree_plan(version, by=sam, at=now, opened_version=version.version)

    return make
