"""Names as they are compared when somebody looks for one: "Zoe" finds "Zoë", "obrien" finds "O'Brien".

Letter by letter, so that a database can do the same: PostgreSQL keeps `name_folded`, with indexes over the
school and it (migrations 0001 and 0131 of consultations), SQLite is given this function. Neither asks the
locale of the database for anything.
"""

from unicodedata import combining, normalize

from django.db.models import F, Func, Q, TextField
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from web.kept_sqlite3 import functions

# Of Latin, Greek, Cyrillic and Armenian, which have small and capital letters, and accents.
LETTERS = [
    *(*range(0x61, 0x7B), *range(0xAA, 0x250), *range(0x370, 0x530)),
    *(*range(0x561, 0x588), *range(0x1E00, 0x1F00)),
]
NOT_DECOMPOSED = dict(zip("łŁøØđĐðÐıħĦŧŦ", "LLOODDDDIHHTT", strict=True))
LEFT_OUT = "'’‘ʼʻ`´\u200c\u200d\u200e\u200f" + "".join(map(chr, range(0x300, 0x370)))
HYPHENS = "-‐‑‒–"
LAST_LETTER = chr(0x10FFFF)


def _capital(letter):
    """The letter without accents, as a capital; as it is where that would be more than one letter."""
    if letter in NOT_DECOMPOSED:
        return NOT_DECOMPOSED[letter]
    bare = "".join(part for part in normalize("NFKD", letter) if not combining(part)).upper()
    return bare if len(bare) == 1 and bare.isalpha() else letter


CAPITALS = {chr(n): _capital(chr(n)) for n in LETTERS if chr(n) not in LEFT_OUT}
CAPITALS = {letter: capital for letter, capital in CAPITALS.items() if letter != capital}
TABLE = str.maketrans(CAPITALS | dict.fromkeys(HYPHENS, " ") | dict.fromkeys(LEFT_OUT))


def folded(name):
    return name.translate(TABLE) if name else name


class Folded(Func):
    function = "name_folded"
    arity = 1
    output_field = TextField()


functions[Folded.function] = folded


class NotBefore(GreaterThanOrEqual):
    """By the numbers of the letters, as the indexes are, whatever the language of the database."""

    def get_rhs_op(self, connection, rhs):
        return f"~>=~ {rhs}" if connection.vendor == "postgresql" else super().get_rhs_op(connection, rhs)


class Before(LessThan):
    def get_rhs_op(self, connection, rhs):
        return f"~<~ {rhs}" if connection.vendor == "postgresql" else super().get_rhs_op(connection, rhs)


def beginning(words):
    """What `begins` takes of words that are folded: these, and the first text that no longer begins so; None
    where no name does."""
    end = _after_all(words)
    return (words, end) if end else None


def begins(column, words, end):
    """A condition: the folded name in this column begins with these words.

    From them up to what no longer begins with them. Of `LIKE` PostgreSQL finds as many by the index,
    and then folds the name of each again to be sure, which takes longer than all else.
    """
    name = Folded(F(column))
    return Q(NotBefore(name, words)) & Q(Before(name, end))


def _after_all(words):
    """The first text after all that begin with these; "" where there is none."""
    words = words.rstrip(LAST_LETTER)
    if not words:
        return ""
    # What lies between are halves of letters.
    following = 0xE000 if words[-1] == "\ud7ff" else ord(words[-1]) + 1
    return words[:-1] + chr(following)
