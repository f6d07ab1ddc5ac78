from django.db import models

from web.prepared import prepared


class Theme(models.Model):
    """What a consultation or a strategy is mainly about: one list for both."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField()
    asks_risk_again = models.BooleanField(default=False)
    first_response_only = models.BooleanField(
        default=False,
        help_text="Library pages hold only what staff do first, whom they tell and where help is.",
    )

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return self.name

    @classmethod
    def names(cls):
        """{slug: name}, in their order."""
        return dict(_names())


@prepared
def _names():
    return Theme.objects.values_list("slug", "name")
