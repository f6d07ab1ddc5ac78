"""What a strategy is narrowed by, in one column: `,theme:worry,key_stage:KS1,who:teacher,`.

A page of the library counts every choice of every filter. From the themes' table and three columns that
would be a join and a query for each; from this it is one query, whatever the number of strategies.
"""

from django.db import models


class FacetsField(models.TextField):
    """Written by StrategyPage.save() alone."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"default": "", "blank": True, "editable": False} | kwargs)


def facet(name, code):
    return f"{name}:{code}"


def join_facets(themes, key_stages, settings, who):
    """`themes` are slugs, the others codes."""
    groups = {"theme": themes, "key_stage": key_stages, "setting": settings, "who": who}
    facets = [facet(name, code) for name, codes in groups.items() for code in codes]
    return f",{','.join(facets)}," if facets else ""


def split_facets(text):
    return {part for part in text.split(",") if part}


def codes_of(name, text):
    """What `text` says of one filter."""
    return [code for kind, _, code in (part.partition(":") for part in text.split(",")) if kind == name]
