"""How confident staff feel about helping, 0 to 10: asked at the start of a plan and at its reviews."""

from django import forms

from web.layout import Rating

OUT_OF_TEN = [(n, str(n)) for n in range(11)]


def confidence(label):
    return forms.TypedChoiceField(
        label=label,
        choices=OUT_OF_TEN,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )


class Confidence(Rating):
    def __init__(self, name):
        super().__init__(name, low="not at all", high="very")
