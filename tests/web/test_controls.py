import pytest
from crispy_forms.utils import render_crispy_form
from django import forms

from web.forms import NhsForm

from .sink import Sink

ALL_TYPED = {
    "subject": "child",
    "agreed": "Line one\r\n  line two <b>",
    "review_on_day": "4",
    "minutes": "lots",
}


@pytest.fixture
def empty(draw):
    return draw(Sink())


@pytest.fixture
def wrong(draw):
    return draw(Sink({}))


@pytest.mark.parametrize(
    ("control_id", "kind", "component"),
    [
        ("id_initials", "text", "nhsuk-input--width-5"),
        ("id_email", "email", "nhsuk-input"),
        ("id_password", "password", "nhsuk-password-input__input"),
        ("id_phone", "tel", "nhsuk-input"),
        ("id_find", "search", "nhsuk-search-input__input"),
        ("id_minutes", "text", "nhsuk-input"),
        ("id_subject_0", "radio", "nhsuk-radios__input"),
        ("id_themes_1", "checkbox", "nhsuk-checkboxes__input"),
        ("id_told", "checkbox", "nhsuk-checkboxes__input"),
        ("id_review_on_month", "text", "nhsuk-date-input__input"),
        ("id_register", "file", "nhsuk-file-upload__input"),
        ("id_version", "hidden", None),
    ],
)
def test_each_widget_is_drawn_as_its_nhs_component(empty, control_id, kind, component):
    control = empty.find(id=control_id)
    assert control["type"] == kind
    assert component is None or component in control["class"]


def test_a_long_text_counts_its_characters_and_a_select_offers_its_choices(empty):
    count = empty.find(id="id_agreed").find_parent(class_="nhsuk-character-count")
    assert count["data-maxlength"] == "2000"
    assert empty.find(id="id_agreed-info").text.strip() == "You can enter up to 2,000 characters"
    assert [option.text for option in empty.find(id="id_often")("option")] == [
        "Choose",
        "Every day",
        "Every week",
    ]


def test_every_visible_control_has_a_label(empty):
    controls = [tag for tag in empty(["input", "select", "textarea"]) if tag.get("type") != "hidden"]
    assert {tag["id"] for tag in controls} == {label["for"] for label in empty("label")}


@pytest.mark.parametrize("name", ["subject", "agreed", "review_on", "password", "told"])
def test_hint_and_error_are_named_by_what_they_describe(wrong, name):
    described = wrong.find(attrs={"aria-describedby": lambda ids: ids and f"id_{name}_error" in ids.split()})
    assert described["aria-describedby"].split()[-2:] == [f"id_{name}_helptext", f"id_{name}_error"]
    assert wrong.find(id=f"id_{name}_helptext").text
    assert wrong.find(id=f"id_{name}_error").text


def test_every_id_is_there_once_and_every_description_exists(wrong):
    ids = [tag["id"] for tag in wrong(id=True)]
    assert len(ids) == len(set(ids))
    described = {
        one for tag in wrong(attrs={"aria-describedby": True}) for one in tag["aria-describedby"].split()
    }
    assert described <= set(ids)


def test_only_a_control_with_an_error_is_marked_invalid(empty, wrong):
    assert not empty(attrs={"aria-invalid": True})
    marked = {tag["name"] for tag in wrong(attrs={"aria-invalid": "true"})}
    dates = {"review_on_day", "review_on_month", "review_on_year"}
    assert marked == {"subject", "email", "password", "minutes", "agreed", "rating", "told"} | dates


def test_what_was_typed_stays_even_when_it_is_wrong(draw):
    page = draw(Sink(ALL_TYPED))
    assert page.find(id="id_subject_0").has_attr("checked")
    assert page.find(id="id_minutes")["value"] == "lots"
    assert page.find(id="id_review_on_day")["value"] == "4"
    assert page.find(id="id_agreed").text == "Line one\n  line two <b>"


def test_a_password_never_goes_back_to_the_page(draw):
    assert "s3cret" not in str(draw(Sink({"password": "s3cret"})))


def test_text_under_a_choice_keeps_its_lines_and_its_first_line_break(draw):
    typed = "\none\n    two\nthree"
    html = str(draw(Sink({"detail": typed, "themes": "other"})))
    # A browser drops the first line break after the tag, so there is one more.
    assert f">\n{typed}</textarea>" in html


def test_autocomplete_comes_from_the_widget_once(empty):
    assert empty.find(id="id_email")["autocomplete"] == "email"
    # The parser drops a second attribute of the same name, so look at the text.
    assert render_crispy_form(Sink()).count('autocomplete="new-password"') == 1


def test_the_browser_neither_checks_nor_cuts_off_what_people_type(empty):
    assert not empty(lambda tag: {"required", "maxlength", "min", "max"} & set(tag.attrs))


def test_labels_hints_and_choices_are_escaped(draw):
    class Nasty(NhsForm, forms.Form):
        one = forms.CharField(label="<script>1</script>", help_text="<script>2</script>")
        two = forms.ChoiceField(
            label="Two", choices=[("<script>3", "<script>4</script>")], widget=forms.RadioSelect
        )
        three = forms.ChoiceField(label="Three", choices=[("<script>5", "<script>6</script>")])

    page = draw(Nasty({"one": "<script>7</script>"}))
    assert not page("script")
    assert "<script>6</script>" in page.text


def test_a_widget_the_pack_does_not_know_still_gets_label_hint_and_error(draw):
    class Odd(NhsForm, forms.Form):
        at = forms.SplitDateTimeField(label="When was it", help_text="Both.")

    page = draw(Odd({}))
    assert page.find(id="id_at_error").text.split(":")[1].strip() == "Enter when was it"
    assert page.find(id="id_at_helptext").text.strip() == "Both."
    assert page.label.text.strip() == "When was it"
    assert page.find(attrs={"name": "at_0"})
