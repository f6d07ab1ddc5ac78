from django.db.models import Case, Count, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
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

    def for_key_stage(self, code):
        return self.filter(has_key_stage(code))

    def saying(self, text):
        """Strategies with every word of `text` in their title, their one sentence or a theme's name."""
        rows = self
        for word in text.split():
            # A subquery, because a join would give a strategy once for each of its themes.
            by_theme = self.model.objects.filter(themes__name__icontains=word).values("pk")
            rows = rows.filter(
                Q(title__icontains=word) | Q(summary__icontains=word) | Q(pk__in=by_theme.order_by())
            )
        return rows

    def for_list(self):
        """Everything one card shows, by title, in two queries."""
        return self.prefetch_related("themes").order_by("title", "pk")

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
        return self.live() if role else self.none()

    def for_list(self):
        """In the order of their themes."""
        return self.select_related("theme").order_by("theme__position", "pk")
