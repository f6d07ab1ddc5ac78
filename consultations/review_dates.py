"""Which review date was in force when, and which one stands once a version is agreed."""


def date_when_agreed(plan, version, versions, reviews):
    """The review date of a plan once this version is agreed: its own, if it chose another than the one in
    force when it was written; else the one in force now, which a review may have set meanwhile.

    `versions` and `reviews` are those of the plan.
    """
    then = _in_force_at(version.written_at, _set_dates(versions, reviews))
    return plan.review_on if plan.review_on and version.review_on == then else version.review_on


def _set_dates(versions, reviews):
    """(when, date) for each time that the review date was set, the oldest first."""
    reviewed = [(review.reviewed_at, None, review) for review in reviews if review.next_review_on]
    agreed = [(version.agreed_at, version, None) for version in versions if version.agreed_at]
    dates = []
    for at, version, review in sorted([*reviewed, *agreed], key=lambda row: row[0]):
        dates.append((at, review.next_review_on if review else _once_agreed(version, dates)))
    return dates


def _once_agreed(version, dates):
    keeps = dates and version.review_on == _in_force_at(version.written_at, dates)
    return dates[-1][1] if keeps else version.review_on


def _in_force_at(moment, dates):
    return next((day for at, day in reversed(dates) if at <= moment), None)
