import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import Page, Workflow

from resources.models import Theme

NAMES = [
    "Worry or anxiety",
    "Low mood",
    "Anger or behaviour",
    "Not coming to school",
    "Friendships or bullying",
    "Family change or loss",
    "Eating",
    "Sleep",
    "Attention and focus",
    "Autism or social communication, known or possible",
    "Learning and confidence",
    "Starting or changing school",
    "Shyness or not wanting to try",
    "How a class or group gets on",
    "Self-harm or thoughts of suicide",
    "Trauma or abuse",
    "Staff wellbeing or training",
    "Something else",
]
EDITING = {
    "access_admin",
    *("add_page", "change_page"),
    *("add_image", "change_image", "choose_image"),
    *("add_document", "change_document", "choose_document"),
    *("add_synonym", "change_synonym", "delete_synonym", "view_synonym"),
}
pytestmark = pytest.mark.django_db


def migration(name):
    return importlib.import_module(f"resources.migrations.{name}")


def test_the_eighteen_themes_are_there_in_its_order():
    assert [theme.name for theme in Theme.objects.all()] == NAMES


def test_two_themes_ask_the_risk_question_again():
    asking = Theme.objects.filter(asks_risk_again=True)
    assert {str(theme) for theme in asking} == {"Self-harm or thoughts of suicide", "Trauma or abuse"}


def test_the_themes_can_be_taken_out_and_loaded_again():
    themes = migration("0002_themes")
    themes.unload(apps, None)
    assert not Theme.objects.exists()
    themes.load(apps, None)
    themes.load(apps, None)
    assert [theme.name for theme in Theme.objects.all()] == NAMES


def test_the_permissions_for_the_library_can_be_taken_away_and_given_again():
    editors, reviewers = migration("0003_library_editors"), migration("0013_library_reviewers")
    review = migration("0014_review_before_publishing")
    synonyms = migration("0004_squashed_0012_first_release")
    write, read = [Group.objects.get(name=f"Library {name}") for name in ("editors", "reviewers")]

    review.publish_by_hand(apps, None)
    assert not Workflow.objects.filter(name=review.WORKFLOW).exists()
    assert what_they_may(write) == EDITING | {"publish_page"}
    editors.close_the_admin(apps, None)
    reviewers.shut_them_out(apps, None)
    assert (what_they_may(write), what_they_may(read)) == (set(), set())
    for _ in range(2):
        editors.open_the_admin(apps, None)
        synonyms.open_synonyms(apps, None)
        reviewers.let_them_in(apps, None)
        review.require_review(apps, None)
    assert what_they_may(write) == EDITING
    assert what_they_may(read) == {"access_admin", "unlock_page"}
    assert [str(task) for task in Page.objects.get(depth=1).get_workflow().tasks] == [review.TASK]


def what_they_may(group):
    given = [*group.page_permissions.all(), *group.collection_permissions.all()]
    return {row.permission.codename for row in given} | {row.codename for row in group.permissions.all()}
