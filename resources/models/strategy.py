from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from resources.querysets import StrategyQuerySet

from .address import HasAddress
from .as_json import Codes, Lines, Sources, ThemesAsJson, as_json
from .changed_words import ChangedWords
from .codes import words_for
from .evidence import Effort, Evidence, ShowsIn
from .facets import FacetsField, codes_of, join_facets
from .first_response import problems
from .key_stages import YEARS, KeyStage, KeyStagesField
from .lines import LinesBlock
from .review_panel import REVIEW_PANEL
from .reviewed_page import REVIEW_FIELDS, ReviewedPage
from .settings import Setting, SettingsField
from .sources import SourcesBlock
from .steps import NO_STEPS, StepsBlock
from .strategy_form import StrategyForm
from .theme import Theme
from .who import Who, WhoField
from .words import Word

# What is searched. “When not to use it” and “signs to seek more help” name what a page is not about.
SEARCHED = ("when_to_use", "steps", "tweaks", "whom_to_tell", "where_help_is", "watch_for")


def lines(label, help_text):
    return StreamField(LinesBlock(), verbose_name=label, blank=True, default=list, help_text=help_text)


class StrategyPage(HasAddress, ReviewedPage, ChangedWords, Page):
    """W2: a strategy of the library. A page about eating, self-harm or trauma says only what staff do
    first, whom they tell and where help is (`first_response.problems`)."""

    summary = models.CharField(
        "what it is, in one sentence",
        max_length=250,
        help_text="Shown in the list and in plans. Say what adults do and what it is for.",
    )
    when_to_use = lines("when to use it", "2 or 3 lines.")
    when_not = lines("when not to use it", "When something else is needed first, or this could do harm.")
    steps = StreamField(StepsBlock(), help_text="3 to 6 steps are enough.")
    tweaks = lines("small tweaks", "Small changes that make it fit one child, one room or one adult.")
    whom_to_tell = lines("whom to tell", "Only on pages about what staff do first. Say how soon.")
    where_help_is = lines("where help is", "Only on pages about what staff do first.")
    themes = ParentalManyToManyField(
        Theme, related_name="strategies", help_text="Plans about these concerns will offer this strategy."
    )
    key_stages = KeyStagesField("key stages", help_text="Tick every age this works for.")
    settings = SettingsField("setting", help_text="Tick everyone this can be done with.")
    who = WhoField("who does it")
    effort = models.CharField(max_length=8, choices=Effort, blank=True)
    shows_in = models.CharField("time until it shows", max_length=9, choices=ShowsIn, blank=True)
    watch_for = lines("what to watch for", "While it is being done.")
    seek_help = lines("signs to seek more help", "And whom to ask.")
    evidence = models.CharField(max_length=4, choices=Evidence, default="")
    evidence_says = models.TextField(
        "the evidence, in words",
        default="",
        max_length=800,
        help_text="What is known and what is not. Where little is known, say so.",
    )
    sources = StreamField(
        SourcesBlock(),
        blank=True,
        default=list,
        help_text="Publications that exist, as somebody would look them up.",
    )
    reviewed_by = models.CharField(
        max_length=250, blank=True, help_text="Name, job and service, as schools know them."
    )
    reviewed_on = models.DateField(null=True, blank=True)
    review_due_on = models.DateField("review due on", null=True, blank=True)
    facets = FacetsField()

    objects = PageManager.from_queryset(StrategyQuerySet)()

    template = "resources/strategy.html"
    base_form_class = StrategyForm
    parent_page_types = ["resources.LibraryPage"]
    subpage_types = []
    exclude_fields_in_copy = REVIEW_FIELDS
    content_panels = Page.content_panels + [
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("when_to_use"), FieldPanel("when_not")], heading="When"),
        FieldPanel("steps"),
        FieldPanel("tweaks"),
        MultiFieldPanel(
            [FieldPanel("whom_to_tell"), FieldPanel("where_help_is")], heading="What staff do first"
        ),
        MultiFieldPanel(
            [
                FieldPanel("themes", widget=CheckboxSelectMultiple),
                FieldPanel("key_stages"),
                FieldPanel("settings"),
                FieldPanel("who"),
            ],
            heading="For whom, and by whom",
        ),
        FieldRowPanel([FieldPanel("effort"), FieldPanel("shows_in")], heading="Effort"),
        MultiFieldPanel([FieldPanel("watch_for"), FieldPanel("seek_help")], heading="While it is done"),
        MultiFieldPanel(
            [FieldPanel("evidence"), FieldPanel("evidence_says"), FieldPanel("sources")], heading="Evidence"
        ),
        REVIEW_PANEL,
    ]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    # `finding` asks the columns of Wagtail's index: titles; words that begin a title, a concern or the
    # sentence; and everything.
    search_fields = Page.search_fields + [
        index.SearchField("everything"),
        index.AutocompleteField("concerns"),
        index.AutocompleteField("summary"),
    ]
    api_fields = [
        *("summary", "effort", "shows_in", "evidence", "evidence_says", "reviewed_on"),
        *as_json(ThemesAsJson, "themes"),
        *as_json(Codes, "key_stages", "settings", "who"),
        *as_json(Lines, "when_to_use", "when_not", "steps", "tweaks", "whom_to_tell", "where_help_is"),
        *as_json(Lines, "watch_for", "seek_help"),
        *as_json(Sources, "sources"),
    ]

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

    def save(self, *args, **kwargs):
        themes = [theme.slug for theme in self.themes.all()]
        self.facets = join_facets(themes, self.key_stages, self.settings, self.who)
        if not kwargs.get("update_fields"):
            self.note_changed_words()
        super().save(*args, **kwargs)
        if self.live and not kwargs.get("update_fields"):
            Word.objects.learn(self.everything())

    def concerns(self):
        # Not from `themes`: Wagtail puts a page in its index before it has written those.
        return " ".join(theme.name for theme in Theme.objects.filter(slug__in=codes_of("theme", self.facets)))

    def everything(self):
        """The words that find this page."""
        lines = [str(block.value) for name in SEARCHED for block in getattr(self, name)]
        years = [YEARS.get(code, "") for code in self.key_stages]
        return "\n".join([self.title, self.concerns(), self.summary, *years, *lines])

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude=exclude)
        # A form leaves fields out and has asked the blocks, which know a draft from a page to publish.
        # A page made in code leaves out none and has asked nobody.
        if exclude:
            return
        if not len(self.steps):
            raise ValidationError({"steps": NO_STEPS})
        found = problems(self.themes.all(), lambda name: getattr(self, name))
        if found:
            raise ValidationError(found)

    def get_context(self, request, *args, **kwargs):
        """For a preview, which Wagtail draws without our view."""
        return super().get_context(request, *args, **kwargs) | self.shown(timezone.localdate())

    def shown(self, today):
        """What its template needs, for whoever reads it."""
        themes = list(self.themes.all())
        return {
            "who_it_helps": self.who_it_helps(themes),
            "first_response": any(theme.first_response_only for theme in themes),
            "today": today,
        }

    def who_it_helps(self, themes):
        """Rows of a summary list. `themes` are the page's own, which the caller has read."""
        rows = [
            ("Concerns", [theme.name for theme in themes]),
            ("Ages", words_for(KeyStage, self.key_stages)),
            ("Who it is for", words_for(Setting, self.settings)),
            ("Who does it", words_for(Who, self.who)),
            ("Effort", [self.get_effort_display()]),
            ("Time until it shows", [self.get_shows_in_display()]),
        ]
        return [(label, "\n".join(words)) for label, words in rows if any(words)]
