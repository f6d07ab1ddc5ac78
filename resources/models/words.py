"""Words as they are looked for: what is typed and what stands in a page are cut up the same way."""

import re

from django.db import models

# An ending is taken off a word where at least this many letters are left.
ENDINGS = {"ies": 4, "ied": 4, "ing": 3, "ed": 3, "es": 4, "ly": 4, "s": 4, "y": 4, "e": 4}
SHORTEST_BEGINNING = 3
LONGEST = 40


def words_in(text):
    """In lower case and in their order. “won't” is one word, “self-harm” two; signs and pictures are none."""
    return re.findall(r"[^\W_]+", re.sub("['’]", "", text).lower())


def beginning(word):
    """What a word and its forms begin with: “worried” and “worry” with “worr”."""
    for ending, left in ENDINGS.items():
        if word.endswith(ending) and len(word) - len(ending) >= left:
            return word.removesuffix(ending)
    return word


class WordQuerySet(models.QuerySet):
    def learn(self, text):
        """Remember the words of a published page. They stay when the page goes."""
        words = {word for word in words_in(text) if SHORTEST_BEGINNING <= len(word) <= LONGEST}
        self.bulk_create([self.model(text=word) for word in sorted(words)], ignore_conflicts=True)

    def beginning_with(self, letters):
        begins = models.Q(pk__in=[])
        for letter in letters:
            begins |= models.Q(text__startswith=letter)
        return self.filter(begins)


class Word(models.Model):
    """A word that stands, or stood, in a published page: what a misspelt one is compared with."""

    text = models.CharField(max_length=LONGEST, primary_key=True)

    objects = WordQuerySet.as_manager()

    def __str__(self):
        return self.text
