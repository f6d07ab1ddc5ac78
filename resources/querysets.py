from django.db.models import Case, Count, IntegerField, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, StrIndex
from wagtail.query import PageQuerySet


def has_key_stage(code):
    """How one code is looked for in a KeyStagesField, which keeps a comma on both sides of each."""
    return Q(key_stages__contains=f",{code},")


class StrategyQuerySet(PageQuerySet):
    def visible_to(self, role):
        """Anybody with a role in use reads the whole published library; nobody reads a draft here."""
        return self.live() if role else self.none()

    def about(self, theme):
        return self.filter(themes=theme)

    def with_facet(self, name, code):
        return self.filter(facets__contains=f",{name}:{code},")

    def in_this_order(self, keys):
        """Those with one of these keys, in the order of the list."""
        # One text for both databases: hundreds of WHENs take Django longer than the database the query.
        text = TextField()
        comma, places = (Value(value, text) for value in (",", f",{','.join(map(str, keys))},"))
        place = StrIndex(places, Concat(comma, Cast("pk", text), comma))
        # In the table of pages, which is the one that says what is published.
        return self.filter(id__in=keys).order_by(place, "pk")

    def count_facets(self):
        """{facets of a strategy: how many have just these}, in one query."""
        return dict(self.order_by().values_list("facets").annotate(how_many=Count("pk")))

    def for_list(self):
        """Everything one card shows, by title, in two queries. Blocks are left in the database."""
        return self.defer_streamfields().prefetch_related("themes").order_by("title", "pk")

    def closest_to(self, theme_ids, key_stage):
        """Strategies for any of these themes, most themes in common first, then those for the key stage.

        Without a theme, the strategies for the key stage.
        """
        links = self.model.themes.through.objects.filter(
            strategypage=OuterRef("pk"), theme__in=list(theme_ids)
        )
        shared = links.order_by().values("strategypage").annotate(how_many=Count("pk")).values("how_many")
        fits = [When(has_key_stage(key_stage), then=1)] if key_stage else []
        rows = self.annotate(
            shared_themes=Coalesce(Subquery(shared, output_field=IntegerField()), Value(0)),
            fits_key_stage=Case(*fits, default=0, output_field=IntegerField()),
        )
        wanted = Q(shared_themes__gt=0) if theme_ids else Q(fits_key_stage=1)
        return rows.filter(wanted).order_by("-shared_themes", "-fits_key_stage", "title", "pk")


class TopicQuerySet(PageQuerySet):
    def visible_to(self, role):
        """Anybody with a role in use reads every published topic; nobody reads a draft here."""
        return self.live() if role else self.none()

    def for_list(self):
        """In the order of their themes."""
        return self.select_related("theme").order_by("theme__position", "pk")
