"""From what was typed to what is looked for: each word stands for itself or one of its synonyms."""

from dataclasses import dataclass

from resources.models.words import SHORTEST_BEGINNING, beginning

# Words that say nothing of a strategy. PostgreSQL leaves most of them out of its index.
SAY_NOTHING = {
    "a", "about", "after", "all", "always", "am", "an", "and", "any", "are", "as", "at", "be",
    "because", "been", "being", "but", "by", "can", "cant", "could", "did", "do", "does", "doesnt",
    "dont", "for", "found", "from", "get", "gets", "getting", "had", "has", "have", "he", "her", "him", "his",
    "how", "i", "if", "in", "into", "is", "isnt", "it", "its", "just", "keep", "keeps", "me", "my", "never",
    "no", "not", "of", "off", "on", "or", "our", "out", "she", "shes", "so", "some", "that", "the",
    "their", "them", "then", "there", "they", "this", "to", "too", "up", "very", "was", "we", "were",
    "what", "when", "which", "who", "will", "with", "wont", "would", "you", "your", "child", "children",
    "childs", "kid", "kids", "pupil", "pupils", "student", "students",
}  # fmt: skip
MOST = 12


@dataclass(frozen=True)
class Term:
    """One thing to look for: any of these phrases, each a row of words. The first is what was typed."""

    phrases: tuple[tuple[str, ...], ...]


def beginnings(words):
    return tuple(beginning(word) for word in words)


def beginning_of(word):
    """What other words may begin with to be forms of this one; empty where it is too short to say."""
    found = beginning(word)
    return found if len(found) >= SHORTEST_BEGINNING else ""


def terms_of(words, synonyms):
    """The terms of these words. What says nothing is left out, and that may be everything.

    `synonyms` are {beginnings of the words that are typed: the phrases they stand for}.
    """
    terms, at = [], 0
    while at < len(words):
        typed = longest_known(words[at:], synonyms) or (words[at],)
        means = synonyms.get(beginnings(typed), ())
        if means or typed[0] not in SAY_NOTHING:
            terms.append(Term((typed, *means)))
        at += len(typed)
    return list(dict.fromkeys(terms))[:MOST]


def longest_known(words, synonyms):
    """The longest row of words, from the first on, that has a synonym."""
    longest = max(map(len, synonyms), default=0)
    rows = (tuple(words[:length]) for length in range(min(longest, len(words)), 0, -1))
    return next((row for row in rows if beginnings(row) in synonyms), None)
