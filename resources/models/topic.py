from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from resources.querysets import TopicQuerySet

from .lines import LinesBlock
from .reviewed_page import ReviewedPage
from .theme import Theme

TAKEN = "There is a topic about this concern already. Change that one instead"


class TopicPage(ReviewedPage, Page):
    """A concern in plain words, and the strategies about it. It stands beside the strategies, so that a
    strategy for two concerns has one address."""

    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+")
    summary = models.CharField("what it is about, in one sentence", max_length=250)
    intro = StreamField(
        LinesBlock(), blank=True, help_text="2 or 3 short paragraphs: what adults may see, what helps first."
    )

    objects = PageManager.from_queryset(TopicQuerySet)()

    template = "resources/topic.html"
    parent_page_types = ["resources.LibraryPage"]
    subpage_types = []
    content_panels = Page.content_panels + [
        FieldPanel("theme"),
        FieldPanel("summary"),
        FieldPanel("intro"),
    ]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    search_fields = Page.search_fields + [index.SearchField("summary")]

    class Meta:
        verbose_name = "topic"
        constraints = [
            models.UniqueConstraint(
                name="a_topic_for_each_theme",
                fields=["theme"],
                # The code puts the message beside the box.
                violation_error_code="unique",
                violation_error_message=TAKEN,
            )
        ]
