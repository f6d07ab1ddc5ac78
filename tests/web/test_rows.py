"""Lines of a list, each drawn from its shape."""

import pytest
from django.template import engines
from django.template.loaders.locmem import Loader
from django.utils.safestring import mark_safe

from web import rows


@pytest.fixture
def line(monkeypatch):
    """Draws lines of a template that is given as text."""
    engine = engines["django"].engine

    def drawn(text, cells):
        rows.drawn.cache_clear()
        monkeypatch.setattr(engine, "template_loaders", [Loader(engine, {"line.html": text})])
        return rows.lines("line.html", cells)

    yield drawn
    rows.drawn.cache_clear()


def test_lines_have_their_own_words_escaped_and_what_is_marked_safe_as_it_is(line):
    text = "<li>{{ who }}{% if goal %}: {{ goal }}{% endif %}{% if new %} New{% endif %}</li>"
    cells = [
        {"who": "Ann & <b>", "goal": "Reads", "new": True},
        {"who": mark_safe("<i>Ben</i>"), "goal": "", "new": False},
        {"who": "Cas", "goal": "Sings", "new": True},
    ]
    lines = ["<li>Ann &amp; &lt;b&gt;: Reads New</li>", "<li><i>Ben</i></li>", "<li>Cas: Sings New</li>"]
    assert line(text, cells) == "".join(lines)
    assert rows.drawn.cache_info().currsize == 2


@pytest.mark.parametrize(
    "text", ["{{ who|upper }}", "{{ who|truncatechars:3 }}", "{% if who == 'Ann' %}1{% endif %}"]
)
def test_a_template_that_does_more_than_to_print_its_words_is_found(line, text):
    with pytest.raises(ValueError, match="does more with its words"):
        line(text, [{"who": "Ann"}, {"who": "Annabel"}])
