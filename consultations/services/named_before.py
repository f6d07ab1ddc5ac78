"""Names in the free text of work without names: words that are the name of a child named here before.

What counts as the same word: accents, case, apostrophes and a possessive "'s" make no difference. A name of
two letters must be written exactly so, or "Bo" would be found in "bo". A name that is an ordinary word too
("Will", "Grace", "Rose") counts when it begins with a capital and does not begin a sentence, or is possessive
("Grace's"). Of a name with several parts each part counts, but for "van", "de" and such, which are small.
A nickname, a misspelling and a name nobody has recorded here are not found: this helps, it proves nothing.
"""

import re
from unicodedata import category, normalize

from consultations.models import Case
from web.prepared import prepared

NAMES_AND_WORDS = """
    angel april art august autumn banks bay bell best bill bird bishop black blue bridge brook brown
    carter case chance chase church clay cliff cook cooper cross dale dawn day dean drew duke east
    english faith fields fisher ford fox frank frost glen good grace grant gray green grey guy hall
    hazel heath heather hill holly honey hope house hunt hunter iris ivy jade joy june justice king
    kit knight lake lamb lane lily little long love mark marsh mason max may mercy miles moon moor
    noble north olive page park parks pat pearl penny poppy power price prince pure rain ray read
    reed rich river rivers rob rose ruby rush sage sandy sharp short sky small smith south star
    stone storm strong summer sunny swift taylor violet ward wells west white will willow winter
    wise wolf wood woods young
"""
ORDINARY = frozenset(NAMES_AND_WORDS.split())
NOT_DECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
)
APOSTROPHES = "'’‘ʼ`"
WORD = re.compile(rf"[^\W\d_]+(?:[{APOSTROPHES}][^\W\d_]+)*")
POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]$")
ENDS_A_SENTENCE = re.compile(r"[.!?:;•\n]")


def names_of_children(partnership, role):
    """The names that `role` may know of children named at this school, as words. One query."""
    return {word for pair in _names(role, partnership.pk) for name in pair for word in parts_of(name)}


@prepared
def _names(role, partnership_pk):
    cases = Case.objects.visible_to(role).filter(partnership=partnership_pk, lane=Case.Lane.NAMED)
    return cases.values_list("first_name", "last_name").distinct()


def parts_of(name):
    """The words of a name that count. A small part ("van", "de") is shared by many and says nothing."""
    words = [word for word in WORD.findall(bare(name)) if len(word) > 1]
    return [word for word in words if not (word.islower() and len(word) <= 3)] or words


class Names:
    """Names, as they are compared with the words of texts: of a school there may be hundreds."""

    def __init__(self, names):
        self.known = {as_compared(name) for name in names}
        self.exact = {name for name in names if len(name) < 3}


def names_in(text, names):
    """The words of a text that are one of `names`, each once, as they were written."""
    names = names if isinstance(names, Names) else Names(names)
    found, plain, ended = [], bare(text), 0
    for match in WORD.finditer(plain):
        word = POSSESSIVE.sub("", match.group())
        begins = not ended or bool(ENDS_A_SENTENCE.search(plain, ended, match.start()))
        if is_a_name(word, names.known, names.exact, begins, word != match.group()) and word not in found:
            found.append(word)
        ended = match.end()
    return found


def is_a_name(word, known, exact, begins, possessive):
    key = as_compared(word)
    if len(key) < 3:
        return word in exact
    if key not in known:
        return False
    return key not in ORDINARY or word[0].isupper() and (possessive or not begins)


def as_compared(word):
    return "".join(
        letter for letter in word.casefold().translate(NOT_DECOMPOSED) if letter not in APOSTROPHES
    )


def bare(text):
    """Without accents, and without the signs that turn writing from right to left."""
    letters = normalize("NFKD", text)
    return "".join(letter for letter in letters if category(letter)[0] != "M" and category(letter) != "Cf")
