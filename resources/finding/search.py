from dataclasses import dataclass, replace

from resources.models import StrategyPage, TopicPage
from resources.models.words import words_in

from .index import closest
from .spelling import spell
from .terms import terms_of
from .vocabulary import read_vocabulary

ENOUGH = 3


@dataclass(frozen=True)
class Found:
    """Keys of pages, the closest first, published or not: whoever shows them narrows them."""

    strategies: list[int]
    topics: list[int]
    # No strategy has every word, so these have some of them.
    some_words: bool = False
    # The words as they are most likely meant, where one stands nowhere.
    instead: str = ""


def find(typed):
    """Strategies and topics with every word of `typed`, or a synonym of it; else strategies with some.

    At most 500 pages, in two queries. None where its words say nothing to look for, such as “how do I”.
    """
    words = words_in(typed)
    vocabulary = read_vocabulary(words)
    meant = spell(words, vocabulary.known)
    terms = terms_of(meant, vocabulary.synonyms)
    if not terms:
        return None
    found = look_for(terms)
    put_right = meant != words and found.strategies
    return replace(found, instead=" ".join(meant)) if put_right else found


def look_for(terms):
    hits = closest(terms, (StrategyPage, TopicPage), ENOUGH)
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
