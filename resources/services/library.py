import tomllib
from pathlib import Path

from django.db import transaction
from wagtail.models import Page, Site

from resources.models import LibraryPage, StrategyPage, Theme

TEXTS = Path(__file__).parent.parent / "library" / "strategies.toml"


@transaction.atomic
def load_library(by):
    """Make the library's front page and its first strategies; returns the pages it added.

    Safe to run again: a strategy whose slug is taken is left as it is, published or not. One that was
    deleted comes back. `by` stands in Wagtail's history; None is for the product itself, which wrote them.
    """
    front = LibraryPage.objects.first() or open_library(by)
    there = set(front.get_children().values_list("slug", flat=True))
    return [add_strategy(front, text, by) for text in read_texts() if text["slug"] not in there]


def read_texts():
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))["strategy"]


def open_library(by):
    """The front page, served at /library/ from now on."""
    front = publish(Page.get_first_root_node(), LibraryPage(title="Library", slug="library"), by)
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    welcome, site.root_page = site.root_page, front
    site.save()
    # Wagtail's own "Welcome" page, which nobody can reach from now on.
    if welcome.specific_class is Page and not welcome.get_children().exists():
        welcome.delete(user=by, skip_permission_checks=True)
    return front


def add_strategy(front, text, by):
    strategy = StrategyPage(
        title=text["title"],
        slug=text["slug"],
        summary=text["summary"],
        steps=[("step", step) for step in text["steps"]],
        key_stages=text["key_stages"],
    )
    strategy.themes = [Theme.objects.get(slug=slug) for slug in text["themes"]]
    return publish(front, strategy, by)


def publish(parent, page, by):
    page.owner, page.live = by, False
    parent.add_child(instance=page)
    # Whoever sets the product up need not be an editor.
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    return page
