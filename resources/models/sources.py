from datetime import date

from django.core.exceptions import ValidationError
from wagtail import blocks

FIRST_YEAR = 1900


def this_year_at_most(year):
    if year > date.today().year:
        raise ValidationError("The year must not be later than this year")


class SourceBlock(blocks.StructBlock):
    """One publication, as somebody would look it up."""

    title = blocks.CharBlock(max_length=250)
    publisher = blocks.CharBlock(max_length=120)
    year = blocks.IntegerBlock(min_value=FIRST_YEAR, validators=[this_year_at_most])
    url = blocks.URLBlock(label="Web address", required=False)

    class Meta:
        icon = "doc-full"


class SourcesBlock(blocks.StreamBlock):
    source = SourceBlock()
