"""Lines of a list, and parts of every page, from a template that is drawn once per shape as components are
(docs/adr/0048).

    {% lines "consultations/plan_line.html" cells %}
    {% part "web/footer.html" %}

`cells` has a mapping for each line, by name: words, and None, True, False or one of a few numbers. The
template may print words, put them into an address, and ask whether there are any. A filter belongs where the
cells are made. It knows nothing else of the page or of who reads it.
"""

from functools import lru_cache
from itertools import count

from django.conf import settings
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from .components import MARK, SHAPES, pieces_of

WORDS = object()


def lines(template, cells):
    """The HTML of all lines, one after the other."""
    return mark_safe("".join([line(template, row) for row in cells]))


def part(template, cells=None):
    """The HTML of one part of a page; without cells it is the same on all."""
    return mark_safe(line(template, cells or {}))


def line(template, row):
    """Raises ValueError, in the tests, where the template does more with words than it may."""
    words, shape = [], []
    for name, value in row.items():
        if value and isinstance(value, str):
            words.append(conditional_escape(value))
            value = WORDS
        shape.append((name, value))
    html = "".join([words[piece] if type(piece) is int else piece for piece in drawn(template, tuple(shape))])
    if settings.CHECK_PREPARED and html != get_template(template).render(row):
        raise ValueError(f"{template} does more with its words than to print them.")
    return html


@lru_cache(maxsize=SHAPES)
def drawn(template, shape):
    """What the template draws of a shape: pieces of HTML, and between them the numbers of the words."""
    numbers = count()
    marked = {name: f"{MARK}x{next(numbers)}x" if value is WORDS else value for name, value in shape}
    return pieces_of(get_template(template).render(marked))
