"""A drawing on a page is what ReportLab itself would have written, without what a page may not have."""

from datetime import date, timedelta
from random import Random
from xml.etree import ElementTree

import pytest
from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing, Line, Rect
from reportlab.lib.colors import HexColor

from web.charts import BAR_PARTS, goal_chart, marker_picture, part_picture, part_svg, time_bar
from web.svg import Box, Picture, svg

pytestmark = pytest.mark.one_database
DRAWINGS = {
    **{f"part {name}": part_picture(name) for name in BAR_PARTS},
    **{f"marker {number}": marker_picture(number) for number in (1, 2, 3)},
    "nothing": time_bar([]),
    "an empty pot": time_bar([("used", 0), ("booked", 0), ("free", 0)]),
    "no goal": goal_chart([]),
}


def a_bar(dice):
    parts = [(name, dice.choice([0, dice.randrange(5000)])) for name in ("used", "booked", "free", "over")]
    return time_bar(parts[: dice.choice([3, 4])], width=dice.choice([320, 320, 217]))


def a_chart(dice):
    days = [date(2026, 1, 5) + timedelta(days=dice.randrange(200)) for _ in range(6)]
    return goal_chart([[name, [[day, dice.choice([None, *range(11)])] for day in days]] for name in "abc"])


def of_reportlab(drawing):
    """The same drawing with ReportLab's own shapes."""
    if not isinstance(drawing, Picture):
        return drawing
    made = Drawing(drawing.width, drawing.height)
    for shape in drawing.contents:
        given = shape._asdict()
        given |= {name: value and HexColor(value) for name, value in given.items() if name.endswith("Color")}
        made.add(Rect(**given) if isinstance(shape, Box) else Line(**given))
    return made


def as_reportlab_writes(drawing, stretches=False):
    picture = ElementTree.fromstring(renderSVG.drawToString(of_reportlab(drawing)))
    root = ElementTree.Element("svg", viewBox=f"0 0 {drawing.width:g} {drawing.height:g}")
    if stretches:
        root.set("preserveAspectRatio", "none")
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    root.append(plain(next(child for child in picture if child.tag.endswith("}g"))))
    return ElementTree.tostring(root, encoding="unicode")


def plain(element):
    """The same shapes in presentation attributes, with neither ids nor styles."""
    copy = ElementTree.Element(element.tag.split("}")[1])
    for name, value in element.attrib.items():
        if name == "style":
            for part in filter(None, (part.strip() for part in value.split(";"))):
                key, _, words = part.partition(":")
                copy.set(key.strip(), words.strip().replace("None", "none"))
        elif name != "id" and value:
            copy.set(name, value)
    copy.attrib.pop("clip-path", None)
    copy.extend(plain(child) for child in element)
    return copy


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=list(DRAWINGS))
@pytest.mark.parametrize("stretches", [True, False])
def test_it_has_the_shapes_that_reportlab_writes(drawing, stretches):
    assert svg(drawing, stretches) == as_reportlab_writes(drawing, stretches)


@pytest.mark.parametrize("drawn", [a_bar, a_chart])
def test_so_has_whatever_is_drawn(drawn):
    for seed in range(20):
        drawing = drawn(Random(seed))
        assert svg(drawing) == as_reportlab_writes(drawing)


@pytest.mark.parametrize("name", BAR_PARTS)
def test_a_part_is_drawn_once(name):
    assert part_svg(name) == svg(part_picture(name))
    assert part_svg(name) is part_svg(name)
