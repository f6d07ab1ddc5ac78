from django import template

from schools.money import in_pounds
from web.words import in_units

register = template.Library()
register.filter("in_pounds", in_pounds)


@register.filter
def in_units_of(minutes, agreement):
    return in_units(minutes, agreement.get_unit_display(), agreement.unit_minutes)
