from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from resources.querysets import StrategyQuerySet

from .key_stages import KeyStage, KeyStagesField
from .steps import NO_STEPS, StepsBlock
from .theme import Theme


class StrategyPage(Page):
    """W2: a strategy of the library: what it is in one sentence, whom it helps, and its steps."""

    summary = models.CharField(
        "what it is, in one sentence",
        max_length=250,
        help_text="Shown in the list and in plans. Say what adults do and what it is for.",
    )
    steps = StreamField(StepsBlock(), help_text="3 to 6 steps are enough.")
    themes = ParentalManyToManyField(
        Theme, related_name="strategies", help_text="Plans about these concerns will offer this strategy."
    )
    key_stages = KeyStagesField("key stages", help_text="Tick every age this works for.")
    reviewed_by = models.CharField(
        max_length=120, blank=True, help_text="Name and job, as schools know them."
    )
    reviewed_on = models.DateField(null=True, blank=True)

    objects = PageManager.from_queryset(StrategyQuerySet)()

    template = "resources/strategy.html"
    parent_page_types = ["resources.LibraryPage"]
    subpage_types = []
    content_panels = Page.content_panels + [
        FieldPanel("summary"),
        FieldPanel("steps"),
        FieldPanel("themes", widget=CheckboxSelectMultiple),
        FieldPanel("key_stages"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("reviewed_by"), FieldPanel("reviewed_on")])],
            heading="Reviewed by a clinician of this service",
            help_text="Leave both empty until a clinician has read this page as it stands now.",
        ),
    ]
    promote_panels = [FieldPanel("slug")]
    search_fields = Page.search_fields + [index.SearchField("summary"), index.SearchField("steps")]

    class Meta:
        verbose_name = "strategy"
        verbose_name_plural = "strategies"
        constraints = [
            models.CheckConstraint(
                name="strategy_review_says_who_and_when",
                condition=Q(reviewed_by="", reviewed_on__isnull=True)
                | (~Q(reviewed_by="") & Q(reviewed_on__isnull=False)),
                violation_error_message="Enter both who reviewed this strategy and when, or neither",
            ),
        ]

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude=exclude)
        # A form leaves fields out and has asked the block, which knows a draft from a page to publish.
        # A page made in code leaves out none and has asked nobody.
        if not exclude and not len(self.steps):
            raise ValidationError({"steps": NO_STEPS})

    @property
    def who_it_helps(self):
        """Rows of a summary list. A key-stage code that is no longer known is shown as it stands."""
        ages = dict(KeyStage.choices)
        return [
            ("Concerns", "\n".join(theme.name for theme in self.themes.all())),
            ("Ages", "\n".join(ages.get(code, code) for code in self.key_stages)),
        ]
