from unicodedata import combining, normalize

from django.db import migrations

COLUMNS = ("first_name", "last_name", "group_name")
LETTERS = [
    *(*range(0x61, 0x7B), *range(0xAA, 0x250), *range(0x370, 0x530)),
    *(*range(0x561, 0x588), *range(0x1E00, 0x1F00)),
]
NOT_DECOMPOSED = dict(zip("łŁøØđĐðÐıħĦŧŦ", "LLOODDDDIHHTT", strict=True))
LEFT_OUT = "'’‘ʼʻ`´\u200c\u200d\u200e\u200f" + "".join(map(chr, range(0x300, 0x370)))
HYPHENS = "-‐‑‒–"


def capital(letter):
    if letter in NOT_DECOMPOSED:
        return NOT_DECOMPOSED[letter]
    bare = "".join(part for part in normalize("NFKD", letter) if not combining(part)).upper()
    return bare if len(bare) == 1 and bare.isalpha() else letter


def literal(text):
    return "'" + text.replace("'", "''") + "'"


def fold(apps, schema_editor):
    """`name_folded`, which consultations/querysets/names.py says in Python, and what looks by it.

    SQLite is given the function when it is asked, and cannot use an index for the beginning of a name.
    """
    if schema_editor.connection.vendor != "postgresql":
        return
    pairs = [(chr(n), capital(chr(n))) for n in LETTERS if chr(n) not in LEFT_OUT]
    pairs = [pair for pair in pairs if pair[0] != pair[1]] + [(hyphen, " ") for hyphen in HYPHENS]
    letters, capitals = ("".join(side) for side in zip(*pairs, strict=True))
    schema_editor.execute(
        "CREATE FUNCTION name_folded(text) RETURNS text "
        # In SQL it would be put into each question whole, and its cost be forgotten.
        "LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS "
        f"$$ BEGIN RETURN translate($1, {literal(letters + LEFT_OUT)}, {literal(capitals)}); END $$"
    )
    for column in COLUMNS:
        schema_editor.execute(f"DROP INDEX case_{column}_begins")
        schema_editor.execute(
            f"CREATE INDEX case_{column}_begins ON consultations_case (name_folded({column}) text_pattern_ops)"
        )


def unfold(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for column in COLUMNS:
        schema_editor.execute(f"DROP INDEX case_{column}_begins")
        schema_editor.execute(
            f"CREATE INDEX case_{column}_begins ON consultations_case (upper({column}) text_pattern_ops)"
        )
    schema_editor.execute("DROP FUNCTION name_folded(text)")


class Migration(migrations.Migration):
    dependencies = [("consultations", "0080_case_handover")]
    operations = [migrations.RunPython(fold, unfold)]
