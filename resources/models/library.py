from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .address import HasAddress
from .reviewed_page import ReviewedPage


class LibraryPage(HasAddress, ReviewedPage, Page):
    """W1: the front page of the library. What it lists depends on the search, so it has no preview."""

    summary = "Things adults in school can do. Find one by concern, by age or by word."
    content_panels = Page.content_panels
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["resources.StrategyPage", "resources.TopicPage"]
    template = "resources/library.html"
    preview_modes = []
    max_count = 1

    class Meta:
        verbose_name = "front page of the library"
