"""What came of a goal, in words, from where it started and what was expected."""


def outcome_in_words(start, expected, now):
    """`now` is None when no review rated it. The start is asked first."""
    if now is None:
        return "Not rated since the start"
    if now <= start:
        return "No change" if now == start else "Worse than at the start"
    if now < expected:
        return "Some change"
    return "As expected" if now == expected else "Better than expected"
