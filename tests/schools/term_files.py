"""Files of term dates, as authorities and schools publish them."""

HEADER = "academic_year,authority_or_school,urn_or_la,period,first_day,last_day,kind,source_url,note"
WHOLE_YEAR = [
    ("Autumn term", "2026-09-01", "2026-12-18", "term"),
    ("Autumn half term", "2026-10-26", "2026-10-30", "holiday"),
    ("Spring term", "2027-01-04", "2027-03-25", "term"),
    ("Training day", "2026-09-01", "2026-09-01", "inset"),
    ("Early May bank holiday", "2027-05-03", "2027-05-03", "bank_holiday"),
    ("Christmas holiday", "2026-12-21", "2027-01-01", "holiday"),
]


def row(period, first_day, last_day, kind, whose="Larkmoor"):
    return f"2026/27,{whose},,{period},{first_day},{last_day},{kind},https://larkmoor.example/terms,"


def terms_file(*rows, header=HEADER):
    """Rows are tuples for `row`, or lines as they stand."""
    lines = [line if isinstance(line, str) else row(*line) for line in rows]
    return "\n".join([header, *lines]) + "\n"
