"""For the templates that draw the blocks of a paper."""

from django import template

from web.charts import goal_chart
from web.svg import svg

register = template.Library()


@register.simple_tag
def goal_picture(goals):
    """The picture of a paper's goals: rows of words and ratings."""
    return svg(goal_chart(goals))


@register.filter
def under(row, heads):
    """The cells of a paper's row, each with the heading of its column."""
    return list(zip(heads, row, strict=True))
