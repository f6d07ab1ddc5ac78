"""What a page of the library asks of the pages that were found."""

from functools import wraps

from django.db.models import Count

from resources.models import StrategyPage, TopicPage
from web.prepared import padded, prepared


def by_role(model):
    """Makes of a function of pages and values one of (role, pages, values). It gives rows.

    `pages` are `model.objects.visible_to(role)` and nothing narrower: for a role the question is put
    together once for its kind, and they are not looked at. What is open to everybody depends on what editors
    closed, so without a role it is put together each time, of what was found out once for the whole page.
    """

    def decorate(build):
        once = prepared(wraps(build)(lambda role, *values: build(model.objects.visible_to(role), *values)))
        return lambda role, pages, *values: once(role, *values) if role else list(build(pages, *values))

    return decorate


@by_role(StrategyPage)
def _facets_among(strategies, listed):
    return strategies.among(listed).order_by().values_list("pk", "facets")


@by_role(StrategyPage)
def _count_facets(strategies):
    return strategies.order_by().values_list("facets").annotate(how_many=Count("pk"))


@by_role(StrategyPage)
def _cards(strategies, keys, shows_use):
    rows = strategies.filter(pk__in=keys).order_by()
    return (rows.with_use() if shows_use else rows).for_cards()


@by_role(TopicPage)
def _links(topics, keys):
    return topics.filter(pk__in=keys).for_links()


def facets_among(role, strategies, keys):
    """{key: facets} of those with these keys that the role may read."""
    return dict(_facets_among(role, strategies, ",".join(map(str, keys)))) if keys else {}


def count_facets(role, strategies):
    """{facets of a strategy: how many have just these}."""
    return dict(_count_facets(role, strategies))


def read_cards(role, strategies, keys, *, shows_use):
    """The cards of those with these keys, in this order; `shows_use` with how often each helped."""
    return in_order(_cards(role, strategies, padded(keys), shows_use), keys)


def read_links(role, topics, keys):
    """What links to the topics with these keys say, in this order."""
    return in_order(_links(role, topics, padded(keys)), keys)


def in_order(rows, keys):
    by_key = {row.pk: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]
