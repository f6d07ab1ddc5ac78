from dataclasses import dataclass

from resources.models import StrategyPage, TopicPage
from resources.models.words import words_in

from .index import closest
from .spelling import spell
from .terms import Synonyms, terms_of

PAGES = (StrategyPage, TopicPage)
ENOUGH = 3


@dataclass(frozen=True)
class Found:
    """Keys of pages, the closest first, published or not: whoever shows them narrows them."""

    strategies: list[int]
    topics: list[int]
    # No strategy has every word, so these have some of them.
    some_words: bool = False
    # The words as they are most likely meant, where one stood nowhere.
    instead: str = ""


def find(typed):
    """Strategies and topics with every word of `typed`, or a synonym of it; else strategies with some.

    At most 500, in two queries, or four where no strategy has every word.
    """
    words, synonyms = words_in(typed), Synonyms.read()
    found = look_for(words, synonyms)
    if not found.some_words:
        return found
    meant = spell(words, synonyms)
    if meant == words:
        return found
    better = look_for(meant, synonyms)
    instead = " ".join(meant) if better.strategies else ""
    return Found(better.strategies, better.topics, better.some_words, instead)


def look_for(words, synonyms):
    terms = terms_of(words, synonyms)
    hits = closest(terms, PAGES) if terms else []
    whole = [hit for hit in hits if hit.how_many == len(terms)]
    strategies = [hit.key for hit in whole if hit.model is StrategyPage]
    topics = [hit.key for hit in whole if hit.model is TopicPage]
    if len(strategies) >= ENOUGH:
        return Found(strategies, topics)
    # Few have every word, and one word too many may be all that is wrong with the rest.
    rest = [hit for hit in hits if hit.model is StrategyPage and hit.how_many < len(terms)]
    most = [hit for hit in rest if hit.how_many >= len(terms) / 2]
    near = most or ([] if strategies else rest)
    return Found(strategies + [hit.key for hit in near], topics, some_words=not strategies)
