from django.db import transaction
from wagtail.models import Page, Site

from resources.models import LibraryPage, Loaded, StrategyPage, Theme, TopicPage

from .synonyms import load_synonyms
from .texts import fields_of, read_synonyms, read_texts, read_topics

# What the first release said of a strategy. A page that still says exactly this was never edited.
OF_THE_FIRST_RELEASE = ("title", "summary", "steps", "key_stages")


@transaction.atomic
def load_library(by, texts=None, topics=None):
    """Make the library's front page, topics, strategies and synonyms; returns the strategies it added.

    Safe to run again: a page whose slug is taken is left as it is, published or not, but for a strategy
    of the first release that nobody has touched, which gets what it did not have then. What was loaded
    once is never added again: one that was deleted stays deleted. `by` stands in Wagtail's history; None
    is for the product itself, which wrote them. `texts` and `topics` are those of the files unless given.
    """
    front = LibraryPage.objects.first() or open_library(by)
    there = {page.slug: page for page in front.get_children()}
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    loaded, added = Loaded.keys(), []
    for text in read_texts() if texts is None else texts:
        if text["slug"] in there:
            fill(there[text["slug"]].specific, text, by)
        elif f"strategy:{text['slug']}" not in loaded:
            added.append(add_strategy(front, text, themes, by))
    for topic in read_topics() if topics is None else topics:
        if topic["slug"] not in there and f"topic:{topic['slug']}" not in loaded:
            add_topic(front, topic, themes, by)
    load_synonyms(read_synonyms())
    return added


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


def add_strategy(front, text, themes, by):
    strategy = StrategyPage(**fields_of(text))
    strategy.themes = [themes[slug] for slug in text["themes"]]
    Loaded.remember(f"strategy:{strategy.slug}")
    return publish(front, strategy, by)


def add_topic(front, topic, themes, by):
    """A topic for a theme that has one already, under another slug, is not made."""
    theme = themes[topic["theme"]]
    if TopicPage.objects.filter(theme=theme).exists():
        return
    page = TopicPage(
        title=topic["title"],
        slug=topic["slug"],
        theme=theme,
        summary=topic["summary"],
        intro=[("line", line) for line in topic["intro"]],
    )
    Loaded.remember(f"topic:{page.slug}")
    publish(front, page, by)


def fill(page, text, by):
    """Give a strategy of the first release the fields it lacks, where nobody has changed it since."""
    if not isinstance(page, StrategyPage) or page.evidence or page.has_unpublished_changes or not page.live:
        return
    # A clinician's review is of the words that stood there.
    if page.reviewed_on:
        return
    # Nor are the new fields for what an editor has made it about.
    if {theme.slug for theme in page.themes.all()} != set(text["themes"]):
        return
    brought = StrategyPage(**fields_of(text))
    if all(as_text(page, name) == as_text(brought, name) for name in OF_THE_FIRST_RELEASE):
        for name, value in fields_of(text).items():
            setattr(page, name, value)
        page.save_revision(user=by).publish(user=by, skip_permission_checks=True)


def as_text(page, name):
    value = getattr(page, name)
    return [block.value for block in value] if name == "steps" else value


def publish(parent, page, by):
    page.owner, page.live = by, False
    parent.add_child(instance=page)
    # Whoever sets the product up need not be an editor.
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    return page
