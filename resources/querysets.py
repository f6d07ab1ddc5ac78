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


class StrategyQuerySet(PageQuerySet):
    def visible_to(self, role):
        """Anybody with a role in use reads the whole published library; nobody reads a draft here."""
        return self.live() if role else open_to_everybody(self)

    def about(self, theme):
        return self.filter(themes=theme)

    def with_facet(self, name, code):
        return self.filter(facets__contains=f",{name}:{code},")

    def in_this_order(self, keys):
        """Those with one of these keys, in the order of the list."""
        if not keys:
            return self.none()
        # One text for both databases: hundreds of WHENs, or of parameters, take Django longer than the
        # database the query.
        listed = ",".join(str(int(key)) for key in keys)
        text = TextField()
        comma, places = (Value(value, text) for value in (",", f",{listed},"))
        place = StrIndex(places, Concat(comma, Cast("pk", text), comma))
        # In the table of pages, which is the one that says what is published.
        is_one = Func(F("id"), template=f"%(expressions)s IN ({listed})", output_field=BooleanField())
        return self.filter(is_one).order_by(place, "pk")

    def count_facets(self):
        """{facets of a strategy: how many have just these}, in one query."""
        return dict(self.order_by().values_list("facets").annotate(how_many=Count("pk")))

    def for_list(self):
        """Everything one card shows, by title, in two queries. Blocks are left in the database."""
        return self.defer_streamfields().prefetch_related("themes").order_by("title", "pk")

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
        reviewed; those without a number that may be shown last. To be called after `for_list`."""
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

    def for_list(self):
        """In the order of their themes."""
        return self.select_related("theme").order_by("theme__position", "pk")

    def for_json(self):
        return self.select_related("theme")
