from datetime import date

from django.db import models

# Academic years from that of a child's birth to Reception.
TO_RECEPTION = 5


class YearGroup(models.IntegerChoices):
    """Stored as the number of the year: -1 nursery, 0 Reception, then Year 1 to Year 13."""

    NURSERY = -1, "Nursery"
    RECEPTION = 0, "Reception"
    YEAR_1 = 1, "Year 1"
    YEAR_2 = 2, "Year 2"
    YEAR_3 = 3, "Year 3"
    YEAR_4 = 4, "Year 4"
    YEAR_5 = 5, "Year 5"
    YEAR_6 = 6, "Year 6"
    YEAR_7 = 7, "Year 7"
    YEAR_8 = 8, "Year 8"
    YEAR_9 = 9, "Year 9"
    YEAR_10 = 10, "Year 10"
    YEAR_11 = 11, "Year 11"
    YEAR_12 = 12, "Year 12"
    YEAR_13 = 13, "Year 13"


class KeyStage(models.TextChoices):
    EYFS = "EYFS", "Early years (Nursery and Reception)"
    KS1 = "KS1", "Key stage 1 (Years 1 and 2)"
    KS2 = "KS2", "Key stage 2 (Years 3 to 6)"
    KS3 = "KS3", "Key stage 3 (Years 7 to 9)"
    KS4 = "KS4", "Key stage 4 (Years 10 and 11)"
    KS5 = "KS5", "Key stage 5 (Years 12 and 13)"


LAST_YEARS = [(0, KeyStage.EYFS), (2, KeyStage.KS1), (6, KeyStage.KS2), (9, KeyStage.KS3), (11, KeyStage.KS4)]


def key_stage_of(year_group):
    return next((stage for last_year, stage in LAST_YEARS if year_group <= last_year), KeyStage.KS5)


def academic_year_of(day):
    """The year in which the academic year of `day` began: they run from 1 September to 31 August."""
    return day.year if day.month >= 9 else day.year - 1


def academic_year_from(year):
    """The first and the last day of the academic year that began in `year`."""
    return date(year, 9, 1), date(year + 1, 8, 31)


def year_group_of(born_on, today):
    """The year group of a child by age, or None outside Nursery to Year 13.

    Academic year of today minus academic year of birth minus 5; 0 is Reception."""
    return year_group(academic_year_of(today) - academic_year_of(born_on) - TO_RECEPTION)


def year_group_since(then, known_on, today):
    """The year group of a child who was in `then` on the day `known_on`; None outside Nursery to Year 13."""
    return year_group(then + academic_year_of(today) - academic_year_of(known_on))


def year_group(number):
    return YearGroup(number) if YearGroup.NURSERY <= number <= YearGroup.YEAR_13 else None
