import pytest
from django import forms
from django.http import QueryDict

from web.forms import NhsForm


class Talk(NhsForm, forms.Form):
    called = {"agreed": "what you agreed", "subject": "who this is about", "minutes": "minutes"}

    agreed = forms.CharField(label="What did you agree?", max_length=2000)
    subject = forms.ChoiceField(label="Who is this about?", choices=[("child", "One child")])
    minutes = forms.IntegerField(label="How long did it take?", min_value=5, max_value=240)
    urn = forms.CharField(label="URN")
    order = forms.CharField(label="Order number (optional)")
    helped = forms.ChoiceField(label="Did it help?", choices=[("yes", "Yes")])
    people = forms.MultipleChoiceField(
        choices=[("sam", "Sam")], error_messages={"required": "Select at least one person you spoke to"}
    )
    email = forms.EmailField(label="E-mail", required=False)


def test_nothing_given_is_said_in_the_words_of_the_label():
    assert Talk({}).errors == {
        "agreed": ["Enter what you agreed"],
        "subject": ["Select who this is about"],
        "minutes": ["Enter minutes"],
        "urn": ["Enter URN"],
        "order": ["Enter order number"],
        "helped": ["Select an answer to “Did it help?”"],
        "people": ["Select at least one person you spoke to"],
    }


def test_a_choice_that_is_not_offered_is_said_like_none():
    assert Talk({"subject": "whale"}).errors["subject"] == ["Select who this is about"]


def test_too_long_a_text_says_how_long_it_is():
    errors = Talk({"agreed": "x" * 2143}).errors["agreed"]
    assert errors == ["What you agreed must be 2,000 characters or fewer. You have used 2,143"]


def test_a_text_of_exactly_the_limit_passes_with_its_line_breaks_counted_once():
    assert "agreed" not in Talk({"agreed": "a\r\n" * 999 + "bb"}).errors


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("4", "Minutes must be between 5 and 240"),
        ("241", "Minutes must be between 5 and 240"),
        ("lots", "Minutes must be a whole number"),
    ],
)
def test_a_number_says_its_range(typed, message):
    assert Talk({"minutes": typed}).errors["minutes"] == [message]


def test_a_number_with_one_end_says_that_end():
    class Count(NhsForm, forms.Form):
        places = forms.IntegerField(min_value=1)

    assert Count({"places": "0"}).errors == {"places": ["Places must be 1 or more"]}


def test_an_e_mail_address_shows_an_example():
    errors = Talk({"email": "sam"}).errors["email"]
    assert errors == ["Enter an e-mail address in the right form, like name@example.com"]


def test_one_form_does_not_change_the_words_of_another():
    class Other(Talk):
        called = {"agreed": "what happens next"}

    assert Other({}).errors["agreed"] == ["Enter what happens next"]
    assert Talk({}).errors["agreed"] == ["Enter what you agreed"]


def test_nul_characters_go_and_everything_else_stays():
    data = QueryDict(mutable=True)
    data["agreed"] = "a\0b\r\nשלום 👩‍👧 \u202bمرحبا\u202c"
    data.setlist("people", ["sam\0"])
    form = Talk(data)
    form.is_valid()
    assert form.cleaned_data["agreed"] == "ab\nשלום 👩‍👧 \u202bمرحبا\u202c"
    assert form.cleaned_data["people"] == ["sam"]
    assert data["agreed"].startswith("a\0b\r\n")
