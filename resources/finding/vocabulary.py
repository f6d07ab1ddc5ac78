from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Value

from resources.models import Synonym, Word
from resources.models.words import words_in
from web.prepared import prepared

from .terms import beginnings


@dataclass(frozen=True)
class Vocabulary:
    # {beginnings of the words that are typed: the phrases they stand for}
    synonyms: dict
    # Words of pages and synonyms. Of pages those alone that begin with the letters asked for.
    known: frozenset[str]


def read_vocabulary(words):
    """All synonyms, and the words of pages that begin with the same letters as these: one query."""
    rows = _synonyms_and_words(tuple(sorted({word[0] for word in words})))
    synonyms, known = {}, {text for text, means in rows if not means}
    for text, means in rows:
        if means:
            typed, begins, phrases = read_synonym(text, means)
            synonyms[begins] = phrases
            known.update(typed)
    return Vocabulary(synonyms, frozenset(known))


@prepared
def _synonyms_and_words(letters):
    of_pages = Word.objects.beginning_with(letters).annotate(means=Value("")).values_list("text", "means")
    return Synonym.objects.order_by().values_list("typed", "means").union(of_pages, all=True)


@lru_cache(maxsize=2000)
def read_synonym(text, means):
    """(words that are typed, what they begin with, the phrases they stand for)"""
    words = tuple(words_in(text))
    return words, beginnings(words), Synonym.phrases_of(means)
