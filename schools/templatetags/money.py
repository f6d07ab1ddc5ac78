from django import template

register = template.Library()


@register.filter
def in_units_of(minutes, agreement):
    return agreement.in_words(minutes)
