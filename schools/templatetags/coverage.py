from html import escape

from django import template
from django.utils.safestring import mark_safe

register = template.Library()


@register.filter
def as_cells(cells):
    """The cells of one school's row. A year of 55 schools has more than a thousand, which a template takes
    longer to write than all else of the page."""
    return mark_safe("".join([as_cell(cell) for cell in cells]))


def as_cell(cell):
    number = f'<span class="app-coverage__number" aria-hidden="true">{cell.fortnight.number}</span>'
    sign = f'<span aria-hidden="true">{cell.sign}</span>'
    words = f'<span class="nhsuk-u-visually-hidden">{escape(cell.words)}</span>'
    return f'<td role="cell" class="app-coverage__{cell.state.value}">{number}{sign}{words}</td>'
