from django.db import models


class Theme(models.Model):
    """What a consultation or a strategy is mainly about: one list for both."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField()
    asks_risk_again = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return self.name
