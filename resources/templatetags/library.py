from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from resources.addresses import beneath, library_url
from resources.models.facets import codes_of
from web.components import component
from web.rows import lines

register = template.Library()


register.simple_tag(library_url)


@register.simple_tag
def strategy_cards(rows, themes):
    """Items of a list, of strategies read `for_cards`. `themes` are the names of all of them by slug."""
    front = library_url()
    return lines("resources/card.html", [card(row, themes, front) for row in rows])


def card(row, themes, front):
    about = set(codes_of("theme", row.facets))
    tags = [tag(name, "blue") for slug, name in themes.items() if slug in about]
    tags += [tag(code, "grey") for code in row.key_stages]
    # The numbers stand in those alone that were put in order by them: of others nothing need be drawn.
    helped = getattr(row, "shown_reviewed", None)
    return {
        "url": beneath(front, row.slug),
        "title": row.title,
        "summary": row.summary,
        "tags": mark_safe(" ".join(tags)),
        "helped": render_to_string("resources/helped.html", {"strategy": row}) if helped else "",
    }


@lru_cache(maxsize=100)
def tag(text, colour):
    return component("tag", text=text, classes=f"nhsuk-tag--{colour} nhsuk-u-margin-bottom-1")
