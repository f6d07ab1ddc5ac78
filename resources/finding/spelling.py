"""A word that stands nowhere in the library is read as the one it looks most like."""

from difflib import get_close_matches

from resources.models import Word

from .terms import SAY_NOTHING, beginning_of

SHORTEST = 4
LIKE = 0.8


def spell(words, synonyms):
    """These words, with each unknown one as it is most likely meant. The same words where all are known."""
    asked = [word for word in words if len(word) >= SHORTEST and word not in SAY_NOTHING]
    known = Word.objects.like(asked) | synonyms.words
    near = {word: nearest(word, known) for word in asked if not is_known(word, known)}
    return [near.get(word) or word for word in words]


def is_known(word, known):
    begins = beginning_of(word) or word
    return any(other.startswith(begins) for other in known)


def nearest(word, known):
    """Only among words with its first letter, which people seldom miss, and of about its length."""
    likely = [other for other in known if other[0] == word[0] and abs(len(other) - len(word)) <= 2]
    return next(iter(get_close_matches(word, sorted(likely), n=1, cutoff=LIKE)), None)
