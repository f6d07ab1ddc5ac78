"""A file of term dates: what its rows say, and what cannot be read."""

import pytest

from schools.services import TermsRefused, decoded, read_terms

from .term_files import HEADER, WHOLE_YEAR, terms_file


def kinds(found, name="Larkmoor"):
    return [(row.line, row.kind, row.name) for row in found.of([name])]


def test_terms_holidays_inset_days_and_bank_holidays_are_read():
    found = read_terms(terms_file(*WHOLE_YEAR))
    assert kinds(found) == [
        (5, "inset", "Training day"),
        (2, "term", "Autumn term"),
        (3, "half_term", "Autumn half term"),
        (7, "closed", "Christmas holiday"),
        (4, "term", "Spring term"),
        (6, "bank_holiday", "Early May bank holiday"),
    ]
    assert (found.unread, found.names) == ([], ["Larkmoor"])


def test_a_holiday_within_a_term_is_a_half_term_whatever_it_is_called():
    found = read_terms(terms_file(WHOLE_YEAR[0], ("Break", "2026-10-19", "2026-10-23", "holiday")))
    assert kinds(found) == [(2, "term", "Autumn term"), (3, "half_term", "Break")]


def test_a_half_term_between_two_halves_of_a_term_is_one():
    halves = [
        ("Autumn 1", "2026-09-01", "2026-10-23", "term"),
        ("Half-term", "2026-10-26", "2026-10-30", "holiday"),
    ]
    assert [kind for _, kind, _ in kinds(read_terms(terms_file(*halves)))] == ["term", "half_term"]


def test_columns_may_stand_in_any_order_and_more_of_them():
    header = "kind,Last_Day,first_day,extra,period,authority_or_school"
    text = terms_file("term,2026-12-18,2026-09-01,x,Autumn,Larkmoor", header=header)
    assert kinds(read_terms(text)) == [(2, "term", "Autumn")]


REAL_DAY = "is not a date like 2026-09-01"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (("Autumn", "2026-12-18", "2026-09-01", "term"), "last_day is before first_day"),
        (
            ("Autumn", "2026-09-31", "2026-12-18", "term"),
            f"first_day “2026-09-31” {REAL_DAY}",
        ),
        (("Autumn", "1 Sep", "2026-12-18", "term"), f"first_day “1 Sep” {REAL_DAY}"),
        (("Autumn", "1026-09-01", "1026-12-18", "term"), "first_day “1026-09-01” is not in this century"),
        (("Autumn", "2026-09-01", "2027-12-18", "term"), "last_day is more than 150 days after first_day"),
        (("Autumn", "2026-09-01", "", "term"), "last_day is blank"),
        (("", "2026-09-01", "2026-12-18", "term"), "period is blank"),
        (
            ("Autumn", "2026-09-01", "2026-12-18", "week"),
            "kind “week” is not term, holiday, inset or bank_holiday",
        ),
        (("x" * 81, "2026-09-01", "2026-12-18", "term"), "period is longer than 80 characters"),
        ("2026/27,Larkmoor,,Autumn", "first_day is blank"),
        ('2026/27,Larkmoor,,"Autumn" term,2026-09-01,2026-12-18,term,,', "a quotation mark is out of place"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_the_reason(line, reason):
    found = read_terms(terms_file(WHOLE_YEAR[0], line))
    assert [(row.line, row.reason) for row in found.unread] == [(3, reason)]
    assert len(kinds(found)) == 1


def test_a_row_of_another_school_that_cannot_be_read_is_none_of_ours():
    theirs = ("Autumn", "?", "?", "term", "Moorgate")
    found = read_terms(terms_file(WHOLE_YEAR[0], theirs, "2026/27,,,Autumn"))
    assert found.names == ["Larkmoor", "Moorgate"]
    assert [row.line for row in found.unread_of(["Larkmoor"])] == [4]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"x" * 200_001, "is larger than 200 kB"),
        (b"PK\x03\x04rest", "is a spreadsheet or a zip file: save it as CSV and choose that"),
        (b"\xff\xfea\x00b\x00", "is not text in UTF-8 or Windows-1252"),
    ],
)
def test_what_is_no_text_is_refused(raw, said):
    with pytest.raises(TermsRefused, match=said):
        decoded(raw)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_names_are_read_in_the_usual_encodings(encoding):
    text = terms_file(("Autumn", "2026-09-01", "2026-12-18", "term", "Saint-Exupéry’s"))
    assert read_terms(decoded(text.encode(encoding))).names == ["Saint-Exupéry’s"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("period,first_day\n", "has no column authority_or_school, last_day, kind"),
        (f"{HEADER}\n\n", "has a header and no rows"),
        ('"a\n', "has a quotation mark out of place on line 1"),
    ],
)
def test_what_is_no_file_of_term_dates_is_refused(text, said):
    with pytest.raises(TermsRefused, match=said):
        read_terms(text)
