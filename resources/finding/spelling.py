"""A word that stands nowhere in the library is read as the one it looks most like."""

from difflib import get_close_matches

from .terms import SAY_NOTHING, beginning_of

SHORTEST = 4
LIKE = 0.8


def spell(words, known):
    """These words, with each that is not known as it is most likely meant."""
    return [word if is_known(word, known) else nearest(word, known) or word for word in words]


def is_known(word, known):
    begins = beginning_of(word) or word
    return len(word) < SHORTEST or word in SAY_NOTHING or any(other.startswith(begins) for other in known)


def nearest(word, known):
    """Only among words with its first letter, which people seldom miss, and of about its length."""
    likely = [other for other in known if other[0] == word[0] and abs(len(other) - len(word)) <= 2]
    return next(iter(get_close_matches(word, sorted(likely), n=1, cutoff=LIKE)), None)
