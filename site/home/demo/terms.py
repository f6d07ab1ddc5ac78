"""The demo's school calendar. It moves with today, which always falls in the sixth week of a term."""

from dataclasses import replace
from datetime import timedelta

from .days_off import Days, Kind, days_off_of

SIXTH = 5  # weeks of a term before its sixth
TERM_WEEKS = 14  # 7 of lessons, the half term, 6 of lessons
HALF_TERM = 7  # weeks before the half term
WEEKS_OFF_AFTER = {"Autumn": 2, "Spring": 2, "Summer": 6}
SEASONS = list(WEEKS_OFF_AFTER)
TERMS_AHEAD = 5


def school_day_of(today):
    """Today, or the Monday to come at a weekend: the day of the demo's next visit."""
    return today + timedelta(days=7 - today.weekday()) if today.weekday() > 4 else today


def monday_of(day):
    return day - timedelta(days=day.weekday())


def season_of(day):
    """What the term around this day is called in England."""
    if day.month >= 9:
        return "Autumn"
    return "Spring" if day.month < 5 else "Summer"


def periods(today, terms_before):
    """All terms with their half terms, INSET days and days off, the oldest first."""
    found = []
    for season, monday in terms(today, terms_before):
        found += periods_of_term(season, monday)
    first, last = found[0].first_on, found[-1].last_on
    sixth = monday_of(school_day_of(today))
    days_off = [days for year in range(first.year, last.year + 1) for days in days_off_of(year)]
    return found + [part for days in days_off for part in outside_week(days, sixth)]


def terms(today, terms_before):
    """Pairs of season and first Monday: the term of today, those before it and a year of those after."""
    here = monday_of(school_day_of(today)) - timedelta(weeks=SIXTH)
    season = season_of(school_day_of(today))
    before, monday, name = [], here, season
    for _ in range(terms_before):
        name = SEASONS[SEASONS.index(name) - 1]
        monday -= timedelta(weeks=TERM_WEEKS + WEEKS_OFF_AFTER[name])
        before.insert(0, (name, monday))
    after, monday, name = [(season, here)], here, season
    for _ in range(TERMS_AHEAD):
        monday += timedelta(weeks=TERM_WEEKS + WEEKS_OFF_AFTER[name])
        name = SEASONS[(SEASONS.index(name) + 1) % len(SEASONS)]
        after.append((name, monday))
    return before + after


def periods_of_term(season, monday):
    friday = monday + timedelta(weeks=TERM_WEEKS, days=-3)
    half_term = monday + timedelta(weeks=HALF_TERM)
    after_half_term = half_term + timedelta(weeks=1)
    inset = [monday]
    if season == "Autumn":
        inset.append(after_half_term)
    if season == "Summer":
        inset.append(friday)
    return [
        Days(Kind.TERM, f"{season} term", monday, friday),
        Days(Kind.HALF_TERM, f"{season} half term", half_term, half_term + timedelta(days=4)),
        *(Days(Kind.INSET, "INSET day", day, day) for day in inset),
    ]


def school_weeks(calendar, first, last):
    """Mondays of the weeks with at least one open day. Holiday weeks do not count in a fortnight."""
    weeks = (monday_of(first) + timedelta(weeks=n) for n in range((last - first).days // 7 + 1))
    return [monday for monday in weeks if calendar.next_open(monday, within=5)]


def outside_week(days, monday):
    """The parts of a period before and after one week: in the week of today every school is open."""
    before = replace(days, last_on=min(days.last_on, monday - timedelta(days=1)))
    after = replace(days, first_on=max(days.first_on, monday + timedelta(days=7)))
    return [part for part in (before, after) if part.first_on <= part.last_on]
