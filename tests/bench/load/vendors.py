"""Where SQLite and PostgreSQL are filled in different words."""

ALPHABET = "BCDFGHJKLMNPQRST"  # 16 of the letters of a reference, one for each digit of a number in hex
REFERENCE = "bench_reference"


class PostgreSQL:
    DAYS = {"date": "({column} - {days})", "datetime": "({column} - interval '{days} days')"}

    def prepare(self, cursor):
        """Also in a connection of its own."""
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {REFERENCE}(letter text, number bigint) RETURNS text "
            "LANGUAGE sql IMMUTABLE AS $$ SELECT letter || substr(h, 1, 4) || '-' || substr(h, 5, 3) FROM "
            "(SELECT translate(lpad(to_hex(number), 7, '0'), '0123456789abcdef', "
            f"'{ALPHABET}') AS h) AS digits $$"
        )

    def stage(self, cursor, stage, table, names, rows):
        cursor.execute(f"CREATE UNLOGGED TABLE {stage} AS SELECT {names} FROM {table} WHERE false")
        with cursor.copy(f"COPY {stage} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def services(self, count):
        return f"generate_series(0::bigint, {count - 1}) AS c(svc)"

    def go_on_counting(self, cursor, table, column):
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), max({column})) FROM {table}"
        )


class SQLite:
    DAYS = {
        "date": "date({column}, '-{days} days')",
        "datetime": "(date(substr({column}, 1, 10), '-{days} days') || substr({column}, 11))",
    }

    def prepare(self, cursor):
        cursor.connection.create_function(REFERENCE, 2, reference, deterministic=True)

    def stage(self, cursor, stage, table, names, rows):
        cursor.execute(f"CREATE TABLE {stage} AS SELECT {names} FROM {table} WHERE 0")
        marks = ", ".join("?" * (names.count(",") + 1))
        # The driver's own cursor: Django's would want other marks.
        cursor.connection.cursor().executemany(f"INSERT INTO {stage} VALUES ({marks})", rows)

    def services(self, count):
        return (
            f"(WITH RECURSIVE n(svc) AS (SELECT 0 UNION ALL SELECT svc + 1 FROM n WHERE svc < {count - 1}) "
            "SELECT svc FROM n) AS c"
        )

    def go_on_counting(self, cursor, table, column):
        """It counts from the highest key by itself."""


def reference(letter, number):
    digits = "".join(ALPHABET[int(digit, 16)] for digit in f"{number:07x}")
    return f"{letter}{digits[:4]}-{digits[4:]}"


VENDORS = {"postgresql": PostgreSQL(), "sqlite": SQLite()}
