"""What came of a goal, in words, from where it started and what was expected."""

from consultations.measures import result_of


def outcome_in_words(start, expected, now):
    """`now` is None when no review rated it."""
    return "Not rated since the start" if now is None else result_of(start, expected, now).label
