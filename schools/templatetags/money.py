from django import template

from schools.money import in_pounds

register = template.Library()
register.filter("in_pounds", in_pounds)
