"""A page of the library is published by a clinician's review, and by nothing else."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from resources.models import StrategyPage
from resources.models.review_panel import NOT_YET
from resources.services import reviews
from tests.cast import sign_in

from .reviewing import SERVICE, act, action_url, again
from .typed import PUBLISH, SAVE, SUBMIT, add_url, edit_url, typed


def test_a_clinician_approves_it_and_the_page_says_who_and_when(editor, clinician, waiting):
    assert "A quiet corner" in clinician.get("/cms/").text
    response = act(clinician, waiting, "approve")

    page, today = again(waiting), timezone.localdate()
    assert response["Location"] == page.url
    assert (page.live, page.reviewed_by) == (True, f"Priya Nair, clinician, {SERVICE}")
    assert page.reviewed_on == today
    assert page.review_due_on == reviews.months_after(today, 12)
    said = " ".join(editor.get(page.url).text.split())
    assert f"Reviewed by Priya Nair, clinician, {SERVICE} on" in said
    assert "Due for review on" in said


def test_the_months_until_the_next_review_are_a_setting(clinician, waiting, settings):
    settings.LIBRARY_REVIEW_MONTHS = 6
    act(clinician, waiting, "approve")
    page = again(waiting)
    assert page.review_due_on == reviews.months_after(page.reviewed_on, 6)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 5), 12, date(2027, 12, 5)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_the_same_day_of_a_later_month(day, months, later):
    assert reviews.months_after(day, months) == later


def test_a_service_lead_approves_too(ruth, waiting):
    act(sign_in(Client(), ruth), waiting, "approve")
    assert again(waiting).reviewed_by == f"Ruth Calloway, service lead, {SERVICE}"


def test_a_clinician_of_another_service_approves_for_everybody_and_the_page_says_of_which(noor, waiting):
    act(sign_in(Client(), noor), waiting, "approve")
    assert again(waiting).reviewed_by == "Noor Haddad, clinician, Saltmarsh Schools Link"


def test_a_clinician_asks_for_changes_and_the_editor_submits_again(editor, clinician, waiting):
    act(clinician, waiting, "reject", comment="Say how long.")
    page = again(waiting)
    assert (page.live, page.workflow_in_progress) == (False, False)
    assert "Say how long." in editor.get(reverse("wagtailadmin_pages:history", args=[page.pk])).text

    editor.post(edit_url(page), typed("For ten minutes") | SUBMIT)
    act(clinician, again(waiting), "approve")
    assert (again(waiting).live, again(waiting).title) == (True, "For ten minutes")


def test_changes_are_not_asked_for_without_a_word(clinician, waiting):
    answer = clinician.post(
        action_url(waiting, "reject"), {"comment": " "}, headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert "This field is required" in answer.json()["html"]
    assert again(waiting).workflow_in_progress


# Doors


def test_an_editor_cannot_publish_what_is_new(editor, empty_library):
    editor.post(add_url(empty_library), typed() | PUBLISH)
    page = StrategyPage.objects.get(slug="a-quiet-corner")
    assert (page.live, page.workflow_in_progress) == (False, False)


def test_an_editor_cannot_publish_a_change_or_an_older_version(editor, make_strategy):
    page = make_strategy()
    old = page.save_revision()
    for address in (
        edit_url(page),
        reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk]),
    ):
        editor.post(address, typed("Show it") | PUBLISH)
        editor.post(edit_url(page), typed("Show it") | PUBLISH | {"revision": old.pk})
        assert again(page).title == "A quiet corner"
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_a_time_to_go_live_is_worth_nothing_without_a_review(editor, make_strategy, empty_library):
    changed = make_strategy()
    soon = f"{timezone.localdate() + timedelta(days=1)} 12:00"
    editor.post(edit_url(changed), typed("Show it", go_live_at=soon) | PUBLISH)
    editor.post(add_url(empty_library), typed(slug="new", go_live_at=soon) | PUBLISH)
    Page.objects.update(go_live_at=timezone.now() - timedelta(hours=1))
    call_command("publish_scheduled")
    assert again(changed).title == "A quiet corner"
    assert not StrategyPage.objects.get(slug="new").live


def test_no_other_page_of_wagtail_publishes_either(editor, make_strategy, empty_library):
    """Bulk publishing, copies that are live, aliases, moving and sorting what is live, and privacy."""
    draft, live = make_strategy(live=False), make_strategy("Show it", slug="show-it")
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    editor.post(f"{bulk}?id={draft.pk}&next=/cms/")
    copy = {"new_title": "B", "new_slug": "b", "new_parent_page": empty_library.pk}
    editor.post(reverse("wagtailadmin_pages:copy", args=[live.pk]), copy | {"publish_copies": "on"})
    editor.post(reverse("wagtailadmin_pages:copy", args=[live.pk]), copy | {"new_slug": "c", "alias": "on"})
    editor.post(reverse("wagtailadmin_pages:delete", args=[live.pk]))
    editor.post(reverse("wagtailadmin_pages:set_privacy", args=[live.pk]), {"restriction_type": "login"})

    assert [page.slug for page in StrategyPage.objects.live()] == ["show-it"]
    assert not StrategyPage.objects.exclude(alias_of=None).exists()
    assert not again(live).get_view_restrictions().exists()


def test_a_copy_is_a_draft_that_nobody_has_reviewed(editor, clinician, waiting, empty_library):
    act(clinician, waiting, "approve")
    copy = {"new_title": "B", "new_slug": "b", "new_parent_page": empty_library.pk}
    editor.post(reverse("wagtailadmin_pages:copy", args=[waiting.pk]), copy)
    page = StrategyPage.objects.get(slug="b")
    assert (page.live, page.reviewed_by, page.reviewed_on, page.review_due_on) == (False, "", None, None)
    draft = page.get_latest_revision_as_object()
    assert (draft.reviewed_by, draft.reviewed_on, draft.review_due_on) == ("", None, None)


def test_an_editor_cannot_approve(editor, waiting):
    for name in ("approve", "reject"):
        assert act(editor, waiting, name, comment="x").status_code in (302, 403)
    editor.post(
        edit_url(waiting),
        typed() | {"action-workflow-action": "true", "workflow-action-name": "approve"},
    )
    assert (again(waiting).live, again(waiting).workflow_in_progress) == (False, True)


def test_nobody_changes_what_waits(editor, clinician, priya, waiting):
    before = waiting.revisions.count()
    for client in (editor, clinician):
        for action in (
            SAVE,
            SUBMIT,
            PUBLISH,
            {"action-workflow-action": "1", "workflow-action-name": "approve"},
        ):
            client.post(edit_url(waiting), typed("Another") | action)
    assert waiting.revisions.count() == before
    assert again(waiting).workflow_in_progress


def test_an_editor_cannot_say_that_it_was_reviewed(editor, empty_library):
    fields = {"reviewed_by": "Priya", "reviewed_on": "2026-09-01", "review_due_on": "2027-09-01"}
    editor.post(add_url(empty_library), typed(**fields) | SUBMIT)
    page = StrategyPage.objects.get(slug="a-quiet-corner")
    assert (page.reviewed_by, page.reviewed_on, page.review_due_on) == ("", None, None)
    assert NOT_YET in editor.get(edit_url(page)).text


def test_what_changed_meanwhile_is_not_published(clinician, waiting, edie):
    """Something of ours wrote a version while a clinician was reading."""
    waiting.save_revision(user=edie)
    act(clinician, waiting, "approve")
    page = again(waiting)
    assert (page.live, page.workflow_in_progress, page.reviewed_on) == (False, False, None)
    comment = page.current_workflow_state.current_task_state.comment
    assert comment == f"It could not be published: {reviews.CHANGED}"
