"""Names as they are compared when somebody looks for one: "Zoe" finds "Zoë", "obrien" finds "O'Brien".

Letter by letter, so that a database can do the same: PostgreSQL keeps `name_folded` with indexes over it
(the first migration of consultations), SQLite is given this function. Neither asks the locale of the
database for anything.
"""

from unicodedata import combining, normalize

from django.db.models import Func, TextField

# Of Latin, Greek, Cyrillic and Armenian, which have small and capital letters, and accents.
LETTERS = [
    *(*range(0x61, 0x7B), *range(0xAA, 0x250), *range(0x370, 0x530)),
    *(*range(0x561, 0x588), *range(0x1E00, 0x1F00)),
]
NOT_DECOMPOSED = dict(zip("łŁøØđĐðÐıħĦŧŦ", "LLOODDDDIHHTT", strict=True))
LEFT_OUT = "'’‘ʼʻ`´\u200c\u200d\u200e\u200f" + "".join(map(chr, range(0x300, 0x370)))
HYPHENS = "-‐‑‒–"


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

    def as_sqlite(self, compiler, connection, **context):
        connection.ensure_connection()
        connection.connection.create_function(self.function, 1, folded, deterministic=True)
        return self.as_sql(compiler, connection, **context)
