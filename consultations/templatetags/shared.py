from django import template

from consultations.reading import shared_block

register = template.Library()
register.simple_tag(shared_block)
