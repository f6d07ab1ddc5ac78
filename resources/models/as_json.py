"""How the fields of a library page look in the read-only API: plain lists and codes."""

from rest_framework.fields import Field
from wagtail.api import APIField


class Codes(Field):
    def to_representation(self, value):
        return list(value)


class Lines(Field):
    def to_representation(self, value):
        return [block.value for block in value]


class Sources(Field):
    def to_representation(self, value):
        return [
            {name: block.value[name] for name in ("title", "publisher", "year", "url")} for block in value
        ]


class ThemeAsJson(Field):
    def to_representation(self, theme):
        return {"slug": theme.slug, "name": theme.name}


class ThemesAsJson(Field):
    def to_representation(self, themes):
        return [ThemeAsJson().to_representation(theme) for theme in themes.all()]


def as_json(serializer, *names):
    return [APIField(name, serializer=serializer()) for name in names]
