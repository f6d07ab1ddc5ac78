from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from resources.blocks import StepsBlock

from .theme import Theme


class StrategyPage(Page):
    """A strategy of the library: what it is in one sentence, and its steps."""

    summary = models.CharField("what it is, in one sentence", max_length=250)
    steps = StreamField(StepsBlock(), use_json_field=True)
    themes = ParentalManyToManyField(Theme, related_name="strategies", blank=True)
    key_stages = models.JSONField("key stages", default=list, blank=True)

    content_panels = Page.content_panels + [
        FieldPanel("summary"),
        FieldPanel("steps"),
        FieldPanel("themes"),
    ]
    parent_page_types = ["resources.LibraryPage"]
    subpage_types = []


class LibraryPage(Page):
    """W1: the front page of the library."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["resources.StrategyPage"]
    max_count = 1
