from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from resources.querysets import TopicQuerySet

from .address import HasAddress
from .as_json import Lines, ThemeAsJson, as_json
from .lines import LinesBlock
from .reviewed_page import ReviewedPage
from .strategy import StrategyPage
from .theme import Theme
from .words import Word

TAKEN = "There is a topic about this concern already. Change that one instead"


class TopicPage(HasAddress, ReviewedPage, Page):
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
    search_fields = Page.search_fields + [
        index.SearchField("everything"),
        index.AutocompleteField("concern"),
        index.AutocompleteField("summary"),
    ]
    api_fields = ["summary", *as_json(ThemeAsJson, "theme"), *as_json(Lines, "intro")]

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

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        if self.live and not kwargs.get("update_fields"):
            Word.objects.learn(self.everything())

    def get_context(self, request, *args, **kwargs):
        """For a preview, which Wagtail draws without our view."""
        role = getattr(request, "role", None)
        return super().get_context(request, *args, **kwargs) | self.shown(role)

    def shown(self, role):
        """What its template needs, for somebody in this role."""
        strategies = StrategyPage.objects.visible_to(role)
        about = strategies.about(self.theme_id).by_title().for_cards()
        return {"strategies": about, "themes": Theme.names()}

    def concern(self):
        return self.theme.name

    def everything(self):
        """The words that find this page."""
        lines = [str(block.value) for block in self.intro]
        return "\n".join([self.title, self.concern(), self.summary, *lines])
