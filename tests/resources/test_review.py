"""A page of the library is published by a clinician's review, and by nothing else."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from accounts.models import RoleRow
from accounts.services import end_role, grant_role
from resources.models import StrategyPage, TopicPage
from resources.models.review_panel import NOT_YET
from resources.services import reviews, start_review
from tests.cast import role_of, sign_in

from .conftest import START
from .test_editing import OTHERS
from .typed import PUBLISH, SAVE, SUBMIT, add_url, edit_url, typed

Kind = RoleRow.Kind
SERVICE = "Willowmere CAMHS in Schools"


@pytest.fixture
def editor(edie):
    return sign_in(Client(), edie)


@pytest.fixture
def clinician(priya):
    return sign_in(Client(), priya)


@pytest.fixture
def waiting(editor, empty_library):
    """A strategy that an editor has written and submitted."""
    editor.post(add_url(empty_library), typed() | SUBMIT)
    return StrategyPage.objects.get(slug="a-quiet-corner")


def action_url(page, name):
    return reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, name, page.current_workflow_task_state.pk]
    )


def act(client, page, name, **sent):
    return client.post(action_url(page, name), sent)


def again(page):
    return StrategyPage.objects.get(pk=page.pk)


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
    soon = (timezone.localtime() + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M")
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


# Two people


@pytest.fixture
def both(priya, service, admin_person):
    """Priya, who edits the library besides."""
    grant_role(priya, Kind.EDITOR, service, start_on=START, by=admin_person)
    return priya


def test_nobody_approves_what_they_wrote(both, owen, empty_library):
    author = sign_in(Client(), both, Kind.EDITOR)
    author.post(add_url(empty_library), typed() | SUBMIT)
    page = StrategyPage.objects.get(slug="a-quiet-corner")
    for kind in (Kind.EDITOR, Kind.CLINICIAN):
        act(sign_in(author, both, kind), page, "approve")
        assert not again(page).live
    act(sign_in(Client(), owen), page, "approve")
    assert again(page).reviewed_by == f"Owen Pritchard, clinician, {SERVICE}"


def test_a_comma_of_somebody_else_does_not_make_it_theirs(both, editor, empty_library):
    author = sign_in(Client(), both, Kind.EDITOR)
    author.post(add_url(empty_library), typed() | SAVE)
    page = StrategyPage.objects.get(slug="a-quiet-corner")
    editor.post(edit_url(page), typed("A quiet, calm corner") | SUBMIT)
    act(sign_in(author, both, Kind.CLINICIAN), again(page), "approve")
    assert not again(page).live


def test_who_reviewed_it_last_year_may_review_it_again(editor, clinician, waiting):
    act(clinician, waiting, "approve")
    editor.post(edit_url(waiting), typed("Show it") | SUBMIT)
    act(clinician, again(waiting), "approve")
    assert again(waiting).title == "Show it"


# Roles


def test_a_reviewer_sees_the_list_and_changes_nothing(clinician, make_strategy, empty_library):
    page = make_strategy()
    page.save_revision()
    assert clinician.get("/cms/").status_code == 200
    assert clinician.get(reverse("wagtailadmin_explore", args=[empty_library.pk])).status_code == 200
    closed = [
        edit_url(page),
        add_url(empty_library),
        reverse("wagtailadmin_pages:unpublish", args=[page.pk]),
        reverse("wagtailadmin_pages:delete", args=[page.pk]),
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        reverse("wagtailimages:add"),
        reverse("wagtailimages:index"),
        reverse("wagtaildocs:add"),
        reverse("wagtaildocs:index"),
        reverse("wagtailadmin_workflows:index"),
    ]
    for address in closed:
        assert clinician.get(address).url == "/cms/", address
        clinician.post(address, typed("Mine") | SUBMIT)
    assert again(page).title == "A quiet corner"
    assert again(page).live


def test_a_reviewer_reads_and_compares_what_waits(clinician, waiting):
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[waiting.pk, "earliest", "latest"])
    preview = reverse(
        "wagtailadmin_pages:workflow_preview", args=[waiting.pk, waiting.current_workflow_task.pk]
    )
    for address in (edit_url(waiting), compare, preview):
        assert clinician.get(address).status_code == 200, address


def test_whoever_was_an_editor_and_still_is_a_clinician_edits_no_more(
    both, admin_person, make_strategy, today
):
    page, client = make_strategy(), sign_in(Client(), both, Kind.EDITOR)
    assert client.get(edit_url(page)).status_code == 200
    end_role(role_of(both, Kind.EDITOR), end_on=today, by=admin_person, reason="Left")

    client = sign_in(Client(), both)
    assert client.get(edit_url(page)).status_code == 302
    assert [group.name for group in both.groups.all()] == ["Library reviewers"]


def test_a_review_is_by_the_roles_of_today(both, editor, waiting, admin_person, today):
    client = sign_in(Client(), both, Kind.EDITOR)
    end_role(role_of(both, Kind.CLINICIAN), end_on=today, by=admin_person, reason="Left")
    act(client, waiting, "approve")
    assert not again(waiting).live


# Taking back, and out of sight


def test_the_writer_and_any_other_editor_take_it_back(editor, edie, waiting, service, make_reader):
    colleague = sign_in(Client(), make_reader(Kind.EDITOR))
    act(colleague, waiting, "take_back")
    assert not again(waiting).workflow_in_progress
    editor.post(edit_url(waiting), typed("Again") | SUBMIT)
    editor.post(edit_url(waiting), typed() | {"action-cancel-workflow": "1"})
    assert not again(waiting).workflow_in_progress


def test_an_editor_takes_a_page_out_of_sight_at_once_even_while_it_waits(editor, clinician, waiting):
    act(clinician, waiting, "approve")
    editor.post(edit_url(waiting), typed("Show it") | SUBMIT)
    editor.post(reverse("wagtailadmin_pages:unpublish", args=[waiting.pk]))
    assert not again(waiting).live
    assert PageLogEntry.objects.filter(page=waiting.pk, action="wagtail.unpublish").exists()


# Of what the product brought


def test_a_page_that_nobody_reviewed_is_marked_as_reviewed_without_a_change(clinician, make_strategy):
    page = make_strategy()
    assert "Not yet reviewed" in clinician.get(reverse("library_reviews")).text
    response = clinician.post(reverse("library_start_review", args=[page.pk]))
    assert response["Location"] == edit_url(page)
    act(clinician, again(page), "approve")
    assert again(page).reviewed_by == f"Priya Nair, clinician, {SERVICE}"
    assert "No strategy is due" in clinician.get(reverse("library_reviews")).text


def test_a_review_is_started_for_what_stands_published_alone(make_strategy, edie, priya):
    draft, changed, waits = make_strategy(live=False), make_strategy(slug="b"), make_strategy(slug="c")
    changed.save_revision(user=edie)
    start_review(waits, by=priya)
    for page, refusal in [
        (draft, reviews.NOT_PUBLISHED),
        (changed, reviews.NOT_SUBMITTED),
        (waits, reviews.WAITS_ALREADY),
    ]:
        with pytest.raises(ValidationError) as refused:
            start_review(page, by=priya)
        assert refused.value.messages == [refusal]


def test_what_was_sent_back_can_be_read_again_as_it_is(clinician, make_strategy, priya):
    page = make_strategy()
    start_review(page, by=priya)
    act(clinician, again(page), "reject", comment="Not sure.")
    start_review(page, by=priya)
    act(clinician, again(page), "approve")
    assert again(page).reviewed_on


@pytest.mark.parametrize("kind", sorted(OTHERS))
def test_nobody_else_starts_a_review_or_reads_the_list(client, make_reader, make_strategy, kind):
    page = make_strategy()
    client.force_login(make_reader(kind))
    assert client.get(reverse("library_reviews")).status_code == 404
    assert client.post(reverse("library_start_review", args=[page.pk])).status_code == 404
    assert not again(page).workflow_in_progress


# A topic


def test_a_topic_whose_theme_was_taken_meanwhile_goes_back_with_the_reason(
    clinician, edie, empty_library, themes
):
    def topic(slug, theme, **other):
        page = TopicPage(title=slug, slug=slug, theme=themes[theme], summary="What it is.", **other)
        return empty_library.add_child(instance=page)

    empty_library.refresh_from_db()
    one, other = topic("one", "worry"), topic("other", "sleep")
    one.theme = themes["anger"]
    one.save_revision(user=edie)
    one.get_workflow().start(one, edie)
    other.theme = themes["anger"]
    other.save()
    act(clinician, one, "approve")
    one = TopicPage.objects.get(pk=one.pk)
    assert one.theme == themes["worry"]
    assert (
        "There is a topic about this concern already" in one.current_workflow_state.current_task_state.comment
    )


# E-mails


def test_a_review_sends_no_e_mail_past_our_own_sender(editor, clinician, waiting):
    act(clinician, waiting, "reject", comment="Say how long.")
    editor.post(edit_url(waiting), typed() | SUBMIT)
    act(clinician, again(waiting), "approve")
    assert mail.outbox == []
