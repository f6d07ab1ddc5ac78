"""What an editor types into the form of a strategy, and where it is sent."""

from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from resources.models import Theme

SAVE, SUBMIT, PUBLISH = {}, {"action-submit": "Submit"}, {"action-publish": "Publish"}
# The lists of lines of a strategy, and what stands in them.
LISTS = dict.fromkeys(["when_not", "tweaks", "whom_to_tell", "where_help_is", "watch_for"], ()) | {
    "when_to_use": ["A child is often upset."],
    "seek_help": ["It gets worse."],
}


def typed(title="A quiet corner", steps=("Choose a place.",), **other):
    ticked = {
        "themes": [theme.pk for theme in Theme.objects.filter(slug__in=["worry", "sleep"])],
        "key_stages": ["KS2", "EYFS"],
        "settings": ["child"],
        "who": ["teacher"],
    }
    data = {
        "title": title,
        "slug": "a-quiet-corner",
        "summary": "A calm place helps.",
        "steps": streamfield([("step", step) for step in steps]),
        "effort": "no_extra",
        "shows_in": "days",
        "evidence": "thin",
        "evidence_says": "Little is known.",
        "go_live_at": "",
        "expire_at": "",
    }
    lists = LISTS | {name: other.pop(name) for name in list(other) if name in LISTS}
    data |= {name: streamfield([("line", line) for line in typed]) for name, typed in lists.items()}
    data["sources"] = streamfield([])
    ticked |= {name: other.pop(name) for name in list(other) if name in ticked}
    # Lists last: the nesting would give each ticked box a number of its own.
    return nested_form_data(data | other) | ticked


def add_url(library):
    return reverse("wagtailadmin_pages:add", args=["resources", "strategypage", library.pk])


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
