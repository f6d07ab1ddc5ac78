"""When what a page says was last changed. A review as it stands publishes a page and changes no word."""

from django.db import models
from django.utils import timezone
from wagtail.fields import StreamField

from .reviewed_page import REVIEW_FIELDS

NOT_WORDS = {"page_ptr", "words_changed_at", "facets", *REVIEW_FIELDS}


def said_by(page):
    """What it says, to be compared. Blocks without their ids, which a page made in code gets only later."""
    fields = [field for field in page._meta.local_fields if field.name not in NOT_WORDS]
    values = {field.name: value_of(page, field) for field in fields}
    # The themes are in `facets`, in whatever order.
    return values | {"title": page.title, "slug": page.slug, "facets": sorted(page.facets.split(","))}


def value_of(page, field):
    value = getattr(page, field.name)
    if isinstance(field, StreamField):
        return [(block.block_type, block.value) for block in value]
    return list(value) if isinstance(value, list | tuple) else value


class ChangedWords(models.Model):
    """Mixed in before Page. `words_changed_at` is None where the words were never published as they stand."""

    words_changed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def note_changed_words(self):
        """To be called before it is saved whole. What a revision says of the time is from another day."""
        there = type(self).objects.filter(pk=self.pk).first()
        same = there is not None and said_by(there) == said_by(self)
        self.words_changed_at = there.words_changed_at if same else None
        if self.live and not self.words_changed_at:
            self.words_changed_at = timezone.now()
