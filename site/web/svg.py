"""A drawing as SVG for the middle of a page.

ReportLab's own writer goes over a document of XML, which took a page of bars much of its time. It also writes
style attributes, which our content security policy refuses, and an id for a clip path, which may stand on a
page only once. Here are the shapes that `web.charts` draws, with the same numbers: no other can be drawn.

What no paper has is drawn with shapes of our own, for ReportLab checks each number of each of its shapes.
"""

from functools import cache
from typing import NamedTuple

from django.utils.safestring import mark_safe
from reportlab.graphics.shapes import Circle, Line, Polygon, PolyLine, Rect
from reportlab.lib.colors import HexColor
from reportlab.lib.rl_accel import fp_str


class Picture(NamedTuple):
    """In place of a Drawing of ReportLab."""

    width: int
    height: int
    contents: list


class Box(NamedTuple):
    """A Rect of ReportLab, with its colours as #005eb8."""

    x: float
    y: float
    width: float
    height: float
    fillColor: str
    strokeColor: str | None = None
    strokeWidth: int = 1


class Stroke(NamedTuple):
    """A Line of ReportLab, with its colour as #005eb8."""

    x1: float
    y1: float
    x2: float
    y2: float
    strokeColor: str
    strokeWidth: int


def svg(drawing, stretches=False):
    """The drawing, hidden from screen readers: the facts stand beside it in words.

    One that stretches fills whatever room it is given.
    """
    width, height = drawing.width, drawing.height
    fills = ' preserveAspectRatio="none"' if stretches else ""
    shapes = "".join([WRITTEN[type(shape)](shape) for shape in drawing.contents])
    return mark_safe(
        f'<svg viewBox="0 0 {width:g} {height:g}"{fills} aria-hidden="true" focusable="false">'
        f'<g transform="scale(1,-1) translate(0,-{int(height)})"><g>{shapes}</g></g></svg>'
    )


def line(shape):
    x1, y1, x2, y2 = map(number, (shape.x1, shape.y1, shape.x2, shape.y2))
    return f'<path d="M {x1},{y1} L {x2},{y2} Z"{stroke(shape)} />'


def rect(shape):
    # As the difference of two corners, so that the last digits are those of the PDF.
    width, height = shape.x + shape.width - shape.x, shape.y + shape.height - shape.y
    where = f'x="{shape.x}" y="{shape.y}" width="{width}" height="{height}"'
    return f"<rect {where}{area(shape, shape.fillColor)} />"


def circle(shape):
    where = f'cx="{shape.cx}" cy="{shape.cy}" r="{shape.r}"'
    return f"<circle {where}{area(shape, shape.fillColor)} />"


def polygon(shape):
    return f'<polygon points="{points(shape.points)}"{area(shape, shape.fillColor)} />'


def polyline(shape):
    dashes = shape.strokeDashArray
    dashed = f' stroke-dasharray="{", ".join(map(str, dashes))}"' if dashes else ""
    return f'<polyline points="{points(shape.points)}"{area(shape, None)}{dashed} />'


WRITTEN = {
    **{Line: line, Rect: rect, Circle: circle, Polygon: polygon, PolyLine: polyline},
    **{Stroke: line, Box: rect},
}


def stroke(shape):
    return f' stroke="{ink(shape.strokeColor)}" stroke-linecap="butt" stroke-width="{shape.strokeWidth}"'


def area(shape, fill):
    return f'{stroke(shape)} fill="{ink(fill)}" fill-rule="evenodd"'


def ink(color):
    if color is None:
        return "none"
    if isinstance(color, str):
        return named(color)
    return "rgb({:d}%,{:d}%,{:d}%)".format(*(int(part * 100) for part in color.rgb()))


@cache
def named(color):
    """Of the few colours there are."""
    return ink(HexColor(color))


def points(numbers):
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return ", ".join([f"{number(across)} {number(up)}" for across, up in pairs])


def number(value):
    """As ReportLab writes it."""
    return str(value) if type(value) is int else fp_str(value)
