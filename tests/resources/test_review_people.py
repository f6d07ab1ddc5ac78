"""Who reviews a page of the library: two people, by their roles of today; and what the product brought."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from accounts.models import RoleRow
from accounts.services import end_role, grant_role
from resources.models import StrategyPage, TopicPage
from resources.services import reviews, start_review
from tests.cast import role_of, sign_in

from .conftest import START
from .reviewing import SERVICE, act, again
from .test_editing import OTHERS
from .typed import SAVE, SUBMIT, add_url, edit_url, typed

Kind = RoleRow.Kind


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
