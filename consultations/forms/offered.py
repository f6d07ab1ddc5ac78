"""What the filters of a list offer. Read when they are drawn, by questions that are put together once."""

from resources.models import Theme
from schools.models import Partnership
from web.prepared import prepared


@prepared
def all_themes():
    return Theme.objects.all()


@prepared
def partnerships_of(role):
    return Partnership.objects.visible_to(role).by_name()


def offer_themes(field):
    field.choices = lambda: [("", field.empty_label), *((theme.pk, str(theme)) for theme in all_themes())]


def offer_schools(field, role, sent):
    """Rows are looked up only when a school was sent; otherwise the field accepts none."""
    if sent:
        field.queryset = Partnership.objects.visible_to(role)
    field.choices = lambda: [
        ("", field.empty_label),
        *((partnership.pk, partnership.school.name) for partnership in partnerships_of(role)),
    ]
