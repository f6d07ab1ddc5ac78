import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError

from web.fields import NhsDateField
from web.forms import NhsForm


class Review(NhsForm, forms.Form):
    on = NhsDateField("review date", label="When will you review it?")


class Birth(NhsForm, forms.Form):
    born = NhsDateField(
        label="Date of birth", required=False, widget=NhsDateField.widget({"autocomplete": "bday"})
    )


def typed(day="", month="", year=""):
    return Review({"on_day": day, "on_month": month, "on_year": year})


@pytest.mark.parametrize("month", ["9", "09", " 9 ", "Sep", "sept", "SEPTEMBER", "Sep."])
def test_a_month_may_be_a_number_or_a_word(month):
    form = typed("14", month, "2026")
    assert form.is_valid()
    assert form.cleaned_data == {"on": datetime.date(2026, 9, 14)}


@pytest.mark.parametrize(
    ("parts", "message", "boxes"),
    [
        (("", "", ""), "Enter the review date", {"day", "month", "year"}),
        (("4", "", "2026"), "The review date must include a month", {"month"}),
        (("4", "", ""), "The review date must include a month and a year", {"month", "year"}),
        (("31", "2", "2026"), "Enter a real review date", {"day", "month", "year"}),
        (("1", "13", "2026"), "Enter a real review date", {"day", "month", "year"}),
        (("1", "Brumaire", "2026"), "Enter a real review date", {"day", "month", "year"}),
        (("+1", "1_0", "2026"), "Enter a real review date", {"day", "month", "year"}),
        (("1", "1", "20260"), "Enter a real review date", {"day", "month", "year"}),
        (("1", "1", "26"), "The year of the review date must have 4 numbers", {"year"}),
    ],
)
def test_a_wrong_date_says_what_to_do_and_marks_the_boxes(draw, parts, message, boxes):
    form = typed(*parts)
    assert form.errors == {"on": [message]}
    marked = {tag["name"].removeprefix("on_") for tag in draw(form)(attrs={"aria-invalid": "true"})}
    assert marked == boxes


def test_a_wrong_date_stays_in_its_boxes(draw):
    page = draw(typed("31", "Febtober", "2026"))
    assert [tag["value"] for tag in page(class_="nhsuk-date-input__input")] == ["31", "Febtober", "2026"]


def test_a_date_of_the_record_fills_the_boxes_and_so_does_a_half_typed_draft(draw):
    record = draw(Review(initial={"on": datetime.date(2026, 10, 5)}))
    draft = draw(Review(initial={"on": ["5", "", "2026"]}))
    assert [tag["value"] for tag in record(class_="nhsuk-date-input__input")] == ["5", "10", "2026"]
    assert [tag.get("value", "") for tag in draft(class_="nhsuk-date-input__input")] == ["5", "", "2026"]


def test_a_date_that_may_be_left_out_is_none():
    form = Birth({})
    assert form.is_valid()
    assert form.cleaned_data == {"born": None}


def test_a_date_without_a_name_of_its_own_is_called_by_its_label():
    assert Birth({"born_day": "1"}).errors == {"born": ["The date of birth must include a month and a year"]}


def test_a_date_outside_our_forms_is_called_by_its_label_too():
    with pytest.raises(ValidationError, match="The date of birth must include a year"):
        NhsDateField(label="Date of birth").clean(["1", "2", ""])


def test_autocomplete_of_a_birthday_is_given_per_box(draw):
    page = draw(Birth())
    assert [tag["autocomplete"] for tag in page("input")] == ["bday-day", "bday-month", "bday-year"]


def test_an_unchanged_date_counts_as_unchanged():
    field, date = NhsDateField("review date"), datetime.date(2026, 9, 4)
    assert not field.has_changed(date, ["4", "Sep", "2026"])
    assert field.has_changed(date, ["5", "9", "2026"])
    assert field.has_changed(date, ["5", "", "2026"])
