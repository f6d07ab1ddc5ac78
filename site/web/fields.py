"""A date in three boxes, as NHS pages ask for one."""

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError

PARTS = ("day", "month", "year")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
CLOCK_FORMATS = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p"]


class DateBoxes(forms.MultiWidget):
    """Three text boxes. Their names end in _day, _month and _year."""

    def __init__(self, attrs=None):
        super().__init__({part: forms.TextInput() for part in PARTS}, attrs)

    def decompress(self, value):
        if isinstance(value, datetime.date):
            return [str(value.day), str(value.month), str(value.year)]
        return ["", "", ""]


class NhsDateField(forms.Field):
    """`name_of_it` is how an error calls the date: "review date" makes "Enter the review date"."""

    widget = DateBoxes

    def __init__(self, name_of_it=None, **kwargs):
        super().__init__(**kwargs)
        self.name_of_it = name_of_it
        if name_of_it and "required" not in (kwargs.get("error_messages") or {}):
            self.error_messages["required"] = f"Enter the {name_of_it}"

    def to_python(self, value):
        """A date, or None when all three boxes are empty. Also takes a date, for initial values."""
        if value in self.empty_values or isinstance(value, datetime.date):
            return value or None
        typed = dict(zip(PARTS, (str(part or "").strip() for part in value), strict=True))
        missing = [part for part, text in typed.items() if not text]
        if len(missing) == len(PARTS):
            return None
        if missing:
            raise self.problem(f"The {self.in_words()} must include a {' and a '.join(missing)}", missing)
        return self.real_date(**typed)

    def real_date(self, day, month, year):
        if re.fullmatch(r"\d{1,3}", year):
            raise self.problem(f"The year of the {self.in_words()} must have 4 numbers", ["year"])
        try:
            return datetime.date(whole(year, 4), month_number(month), whole(day, 2))
        except ValueError:
            raise self.problem(f"Enter a real {self.in_words()}", list(PARTS)) from None

    def in_words(self):
        return self.name_of_it or str(self.label or "date").lower()

    def problem(self, message, boxes):
        """`boxes` tells the template which of the three to mark."""
        return ValidationError(message, code="date", params={"boxes": boxes})


def whole(text, digits):
    if not re.fullmatch(rf"\d{{1,{digits}}}", text):
        raise ValueError(text)
    return int(text)


def month_number(text):
    """Takes 9, 09, Sep, Sept and September."""
    word = text.lower().rstrip(".")
    for number, month in enumerate(MONTHS, start=1):
        if word in (month, month[:3]) or (word == "sept" and number == 9):
            return number
    return whole(text, 2)
