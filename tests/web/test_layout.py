import pytest
from django import forms

from web.forms import NhsForm
from web.layout import Question, Radios
from web.testing import fields_not_rendered

from .sink import SUBJECTS, Sink, Steps


class Subject(NhsForm, forms.Form):
    subject = forms.ChoiceField(choices=SUBJECTS, widget=forms.RadioSelect)
    initials = forms.CharField()
    version = forms.CharField(widget=forms.HiddenInput)

    def layout(self):
        return ["subject"]


class SlipInAValue(Subject):
    def layout(self):
        return [Radios("subject", reveals={"chidl": ["initials"]})]


class OneQuestion(Subject):
    def layout(self):
        return [Question("subject", hints={"child": "With or without a name"}), "initials"]


@pytest.mark.parametrize(
    ("form", "lost"),
    [(Subject, {"initials"}), (SlipInAValue, {"initials"}), (OneQuestion, set()), (Sink, set())],
)
def test_a_field_the_layout_forgets_is_found_and_a_hidden_one_is_always_drawn(form, lost):
    assert fields_not_rendered(form()) == lost


def test_what_a_choice_reveals_stands_under_it_with_raw_html(draw):
    page = draw(Sink())
    under = page.find(id=page.find(id="id_subject_0")["data-aria-controls"])
    assert under.find(id="id_initials")
    assert under.find(class_="raw").text == "Raw words"
    assert "nhsuk-radios__conditional--hidden" in under["class"]
    assert page.find(id="id_subject_1").get("data-aria-controls") is None


def test_what_a_chosen_choice_reveals_is_open(draw):
    under = draw(Sink({"themes": "other"})).find(id="conditional-id_themes_1")
    assert "nhsuk-checkboxes__conditional--hidden" not in under["class"]
    assert under.find(id="id_detail")


def test_a_choice_that_rules_out_the_others_stands_after_the_word_or(draw):
    page = draw(Sink())
    assert page.find(class_="nhsuk-checkboxes__divider").text == "or"
    assert page.find(id="id_themes_2")["data-behaviour"] == "exclusive"


def test_a_rating_has_eleven_radios_and_words_at_both_ends(draw):
    page = draw(Sink({"rating": "0"}))
    radios = page(attrs={"name": "rating"})
    assert [radio["value"] for radio in radios] == [str(number) for number in range(11)]
    assert [radio["value"] for radio in radios if radio.has_attr("checked")] == ["0"]
    assert page.find("label", attrs={"for": "id_rating_0"}).text.split() == ["0", "not", "started"]
    ends = page.find(class_="app-rating__ends")
    assert [end.text for end in ends("span")] == ["0 not started", "10 it is there"]


def test_a_section_is_a_fieldset_with_a_heading_and_a_hint(draw):
    section = draw(Sink()).find(class_="app-section")
    assert section.legend.h2.text == "The talk"
    assert section.find(id=section["aria-describedby"]).text == "What was said"


@pytest.mark.parametrize(("data", "is_open"), [(None, False), ({"order": ""}, False), ({"order": "7"}, True)])
def test_details_open_when_something_in_them_is_filled_in(draw, data, is_open):
    assert draw(Sink(data)).find("details").has_attr("open") is is_open


def test_the_only_question_of_a_page_is_its_heading(draw):
    page = draw(OneQuestion())
    assert page.h1.text.strip() == "Subject"
    assert (
        page.find(id=page.find(id="id_subject_0")["aria-describedby"]).text.strip()
        == "With or without a name"
    )


def test_a_formset_is_drawn_with_its_management_form_and_ids_of_their_own(draw):
    page = draw(Steps(prefix="steps"))
    assert page.find(attrs={"name": "steps-TOTAL_FORMS"})["value"] == "2"
    assert [tag["id"] for tag in page(class_="nhsuk-input")] == ["id_steps-0-who", "id_steps-1-who"]
