"""Lines in which words of scripts that are read from the right stand among others.

A paper is in English, so a line runs from the left, as on the page; words from the right that follow one
another change places, with the numbers and marks between them. That happens when a line is drawn: before,
while lines are broken and pages filled, words stand in the order in which they are read.
"""

from copy import copy

from reportlab.platypus import Paragraph

from .fonts import is_backwards, typed

MIRROR = str.maketrans("()[]{}<>«»", ")(][}{><»«")


class TwoWays(Paragraph):
    def draw(self):
        read = self.blPara
        if getattr(read, "kind", 0) == 1 and any(map(runs_backwards, words_of_lines(read.lines))):
            self.blPara = copy(read)
            self.blPara.lines = [as_seen(line) for line in read.lines]
        super().draw()
        self.blPara = read


def words_of_lines(lines):
    return [word for line in lines for word in words_of(line.words)]


def words_of(frags):
    """Each word as its pieces, (fragment, text), without the spaces."""
    words = [[]]
    for frag in frags:
        for number, part in enumerate(frag.text.split(" ")):
            if number:
                words.append([])
            if part:
                words[-1].append((frag, part))
    return [word for word in words if word]


def runs_backwards(word):
    return any(is_backwards(letter) for _, text in word for letter in text)


def runs_forwards(word):
    return not runs_backwards(word) and any(
        typed.get(letter, letter).isalpha() for _, text in word for letter in text
    )


def as_seen(line):
    seen = copy(line)
    words = in_order_seen(words_of(line.words))
    seen.words = [piece(frag, text) for word in spaced(words) for frag, text in word]
    return seen


def in_order_seen(words):
    """Turns every stretch from a word that runs backwards to the last such word before one that does not."""
    seen, stretch, between = [], [], []
    for word in words:
        if runs_backwards(word):
            stretch += [*between, word]
            between = []
        elif stretch and not runs_forwards(word):
            between.append(word)
        else:
            seen += [*turned(stretch), *between, word]
            stretch, between = [], []
    return [*seen, *turned(stretch), *between]


def turned(stretch):
    """The last word comes first. Marks before the first word and after the last stay outside, where a page
    has them too; those between change sides with their words."""
    if len(stretch) < 2:
        return stretch
    (first, *between, last) = stretch
    before, first = apart(first, from_start=True)
    after, last = apart(last, from_start=False)
    return [
        [*before, *mirrored(last)],
        *(mirrored(word) for word in reversed(between)),
        [*mirrored(first), *after],
    ]


def apart(word, *, from_start):
    """(marks, word): the marks at one end of it, and the rest."""
    places = [at for at, piece in enumerate(word) if runs_backwards([piece])]
    if from_start:
        return word[: places[0]], word[places[0] :]
    return word[places[-1] + 1 :], word[: places[-1] + 1]


def mirrored(word):
    return [
        (frag, text if runs_backwards([(frag, text)]) else text.translate(MIRROR))
        for frag, text in reversed(word)
    ]


def spaced(words):
    """With a space after every word but the last."""
    for word in words[:-1]:
        *pieces, (frag, text) = word
        yield [*pieces, (frag, f"{text} ")]
    yield from words[-1:]


def piece(frag, text):
    new = frag.clone() if hasattr(frag, "clone") else copy(frag)
    new.text = text
    return new
