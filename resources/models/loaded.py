from django.db import models


class Loaded(models.Model):
    """Something the product put into the library once: `strategy:` or `topic:` with its slug, `synonym:`
    with what is typed. It stays when an editor deletes or renames what came of it, which no upgrade
    brings back then."""

    key = models.CharField(max_length=300, primary_key=True)

    def __str__(self):
        return self.key

    @classmethod
    def keys(cls):
        return set(cls.objects.values_list("key", flat=True))

    @classmethod
    def remember(cls, *keys):
        cls.objects.bulk_create([cls(key=key) for key in keys], ignore_conflicts=True)
