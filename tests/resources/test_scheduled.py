"""A time to go live, and one to come down: after a review, by the command that runs every few minutes."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from resources.models import StrategyPage
from tests.cast import sign_in
from tests.records import local

from .typed import SUBMIT, add_url, edit_url, typed


def noon_tomorrow():
    """Not an hour from now: in the night when the clocks change no form takes what may be another hour."""
    return local(timezone.localdate() + timedelta(days=1), 12)


@pytest.fixture
def submit(client, edie, empty_library):
    """An editor writes a page with these times and submits it."""
    sign_in(client, edie)

    def write(**times):
        at = {name: timezone.localtime(time).strftime("%Y-%m-%d %H:%M") for name, time in times.items()}
        client.post(add_url(empty_library), typed(**at) | SUBMIT)
        return StrategyPage.objects.get(slug="a-quiet-corner")

    return write


def approve(page, by):
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, by, "approve")


def is_live(page):
    return StrategyPage.objects.get(pk=page.pk).live


def let_the_time_come(page, name):
    """As if it were later: only the moment is moved, in the row and in what was approved."""
    past = timezone.now() - timedelta(minutes=1)
    Page.objects.filter(pk=page.pk).update(**{name: past})
    Revision.objects.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=past)
    for revision in page.revisions.all():
        if revision.content[name]:
            revision.content[name] = past.isoformat()
            revision.save()


def test_a_page_goes_live_at_its_time_after_it_was_approved(submit, client, priya):
    page = submit(go_live_at=noon_tomorrow())
    approve(page, priya)
    call_command("publish_scheduled")
    assert not is_live(page)

    let_the_time_come(page, "go_live_at")
    call_command("publish_scheduled")
    page = StrategyPage.objects.get(pk=page.pk)
    assert (page.live, page.reviewed_by) == (True, "Priya Nair, clinician, Willowmere CAMHS in Schools")
    assert client.get(page.url).status_code == 200


def test_without_a_review_its_time_passes(submit, priya):
    page = submit(go_live_at=noon_tomorrow())
    let_the_time_come(page, "go_live_at")
    call_command("publish_scheduled")
    assert not is_live(page)


def test_a_page_comes_down_at_its_time(submit, client, priya):
    page = submit(expire_at=noon_tomorrow())
    approve(page, priya)
    assert is_live(page)
    let_the_time_come(page, "expire_at")
    call_command("publish_scheduled")
    assert not is_live(page)
    assert client.get(page.url).status_code == 404


def test_nobody_edits_what_is_about_to_go_live_but_an_editor_may_stop_it(submit, client, priya):
    page = submit(go_live_at=noon_tomorrow())
    approve(page, priya)
    page = StrategyPage.objects.get(pk=page.pk)
    client.post(edit_url(page), typed("Another") | SUBMIT)
    assert page.get_latest_revision_as_object().title == "A quiet corner"

    stop = reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, page.scheduled_revision.pk])
    client.post(stop)
    let_the_time_come(page, "go_live_at")
    call_command("publish_scheduled")
    assert not is_live(page)


def test_a_page_that_comes_down_before_it_goes_up_is_refused_beside_the_boxes(client, edie, empty_library):
    sign_in(client, edie)
    day = timezone.localdate() + timedelta(days=9)
    times = {"go_live_at": f"{day} 09:00", "expire_at": f"{day} 08:00"}
    response = client.post(add_url(empty_library), typed(**times) | SUBMIT)
    assert set(response.context["form"].errors) == {"go_live_at", "expire_at"}
