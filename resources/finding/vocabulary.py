from dataclasses import dataclass

from django.db.models import Value

from resources.models import Synonym, Word
from resources.models.words import words_in

from .terms import beginnings


@dataclass(frozen=True)
class Vocabulary:
    # {beginnings of the words that are typed: the phrases they stand for}
    synonyms: dict
    # Words of pages and synonyms. Of pages those alone that begin with the letters asked for.
    known: frozenset[str]


def read_vocabulary(words):
    """All synonyms, and the words of pages that begin with the same letters as these: one query."""
    of_pages = Word.objects.like(words).annotate(means=Value("")).values_list("text", "means")
    rows = list(Synonym.objects.order_by().values_list("typed", "means").union(of_pages, all=True))
    typed = [(words_in(text), means) for text, means in rows if means]
    synonyms = {beginnings(words): Synonym.phrases_of(means) for words, means in typed}
    known = {text for text, means in rows if not means}
    return Vocabulary(synonyms, frozenset(known.union(*(words for words, _ in typed))))
