from django.conf import settings
from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, StrIndex
from wagtail.models import PageLogEntry
from wagtail.query import PageQuerySet


def has_key_stage(code):
    """How one code is looked for in a KeyStagesField, which keeps a comma on both sides of each."""
    return Q(key_stages__contains=f",{code},")


def open_to_everybody(pages):
    """Those published pages that anybody may read: none unless the library is public."""
    return pages.live().public() if settings.LIBRARY_PUBLIC else pages.none()


class StandsIn(Func):
    """Whether a number is one of those in a text. One value, however many they are: hundreds take Django
    longer to send than the database to answer."""

    output_field = BooleanField()

    def as_postgresql(self, compiler, connection):
        return self.asked("{} = ANY(string_to_array({}, ',')::int[])", compiler)

    def as_sqlite(self, compiler, connection):
        return self.asked("{} IN (SELECT value FROM json_each('[' || {} || ']'))", compiler)

    def asked(self, sql, compiler):
        (number, of_number), (text, of_text) = map(compiler.compile, self.source_expressions)
        return sql.format(number, text), [*of_number, *of_text]


class StrategyQuerySet(PageQuerySet):
    def visible_to(self, role):
        """Anybody with a role in use reads the whole published library; nobody reads a draft here."""
        return self.live() if role else open_to_everybody(self)

    def about(self, theme):
        return self.filter(themes=theme)

    def with_facet(self, name, code):
        return self.filter(facets__contains=f",{name}:{code},")

    def among(self, listed):
        """Those whose keys stand in a text with commas between them: one value, however many, so that the
        question can be prepared."""
        # In the table of pages, which is the one that says what is published.
        return self.filter(StandsIn(F("id"), Value(listed, TextField())))

    def in_this_order(self, keys):
        """Those with one of these keys, in the order of the list."""
        if not keys:
            return self.none()
        listed, text = ",".join(map(str, keys)), TextField()
        comma, places = (Value(value, text) for value in (",", f",{listed},"))
        place = StrIndex(places, Concat(comma, Cast("pk", text), comma))
        return self.among(listed).order_by(place, "pk")

    def for_list(self):
        """By title, with their themes, in two queries. Blocks are left in the database."""
        return self.defer_streamfields().prefetch_related("themes").by_title()

    def by_title(self):
        return self.order_by("title", "pk")

    def for_cards(self):
        """What a card shows, as values: a page that is made of a row takes longer than all of the search.

        To be called last. The concerns are among the facets.
        """
        use = [name for name in ("shown_helped", "shown_reviewed") if name in self.query.annotations]
        return self.values_list("pk", "slug", "title", "summary", "key_stages", "facets", *use, named=True)

    def with_figures(self):
        """Those that may be chosen by what helped others: none where a child may come to harm."""
        harm = self.model.themes.through.objects.filter(theme__first_response_only=True)
        return self.exclude(pk__in=harm.values("strategypage"))

    def with_use(self):
        """`shown_helped` and `shown_reviewed`: what readers may know of how often it helped, or None."""
        counts = self.model.uses.rel.related_model.objects.filter(strategy=OuterRef("pk"), stand="total")
        counts = counts.filter(strategy__in=self.model.objects.with_figures())
        sums = counts.order_by().values("strategy")
        helped = sums.annotate(n=Sum(F("helped_yes") + F("helped_a_bit"))).values("n")
        reviewed = sums.annotate(n=Sum("reviewed")).values("n")
        return self.annotate(
            shown_helped=Subquery(helped, output_field=IntegerField()),
            shown_reviewed=Subquery(reviewed, output_field=IntegerField()),
        )

    def most_helpful(self):
        """Those that helped in the largest share of the plans reviewed first, of equal ones the one with more
        reviewed; those without a number that may be shown last."""
        share = Cast("shown_helped", FloatField()) / F("shown_reviewed")
        return (
            self.with_use()
            .annotate(shown_share=share)
            .order_by(
                F("shown_share").desc(nulls_last=True),
                F("shown_reviewed").desc(nulls_last=True),
                "title",
                "pk",
            )
        )

    def for_json(self):
        return self.prefetch_related("themes")

    def waiting(self, action):
        """Drafts that Wagtail's log names by this action and that were never published, the newest first."""
        logged = PageLogEntry.objects.filter(action=action).values("page")
        drafts = self.filter(live=False, first_published_at=None, pk__in=logged)
        return drafts.select_related("owner").order_by("-latest_revision_created_at", "-pk")

    def closest_to(self, theme_ids, key_stage, setting):
        """Strategies for any of these themes, most themes in common first, then those for the key stage,
        then those for the setting.

        Without a theme, the strategies for the key stage.
        """
        links = self.model.themes.through.objects.filter(
            strategypage=OuterRef("pk"), theme__in=list(theme_ids)
        )
        shared = links.order_by().values("strategypage").annotate(how_many=Count("pk")).values("how_many")
        fits_age = [When(has_key_stage(key_stage), then=1)] if key_stage else []
        fits_setting = [When(settings__contains=f",{setting},", then=1)] if setting else []
        rows = self.annotate(
            shared_themes=Coalesce(Subquery(shared, output_field=IntegerField()), Value(0)),
            fits_key_stage=Case(*fits_age, default=0, output_field=IntegerField()),
            fits_setting=Case(*fits_setting, default=0, output_field=IntegerField()),
        )
        wanted = Q(shared_themes__gt=0) if theme_ids else Q(fits_key_stage=1)
        return rows.filter(wanted).order_by(
            "-shared_themes", "-fits_key_stage", "-fits_setting", "title", "pk"
        )


class TopicQuerySet(PageQuerySet):
    def visible_to(self, role):
        """Anybody with a role in use reads every published topic; nobody reads a draft here."""
        return self.live() if role else open_to_everybody(self)

    def for_links(self):
        """What a link to each says, as values, in the order of their themes."""
        ordered = self.order_by("theme__position", "pk")
        return ordered.values_list("pk", "slug", "title", "summary", named=True)

    def for_json(self):
        return self.select_related("theme")
