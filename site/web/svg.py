"""A drawing of ReportLab as SVG for the middle of a page.

ReportLab's own writer goes over a document of XML, which took a page of bars much of its time. It also writes
style attributes, which our content security policy refuses, and an id for a clip path, which may stand on a
page only once. Here are the shapes that `web.charts` draws, with the same numbers: no other can be drawn.
"""

from django.utils.safestring import mark_safe
from reportlab.graphics.shapes import Circle, Line, Polygon, PolyLine, Rect
from reportlab.lib.rl_accel import fp_str


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
    start, end = place(shape.x1, shape.y1), place(shape.x2, shape.y2)
    return f'<path d="M {start} L {end} Z"{stroke(shape)} />'


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


WRITTEN = {Line: line, Rect: rect, Circle: circle, Polygon: polygon, PolyLine: polyline}


def stroke(shape):
    return f' stroke="{ink(shape.strokeColor)}" stroke-linecap="butt" stroke-width="{shape.strokeWidth}"'


def area(shape, fill):
    return f'{stroke(shape)} fill="{ink(fill)}" fill-rule="evenodd"'


def ink(color):
    if color is None:
        return "none"
    return "rgb({:d}%,{:d}%,{:d}%)".format(*(int(part * 100) for part in color.rgb()))


def points(numbers):
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return ", ".join([fp_str(*pair) for pair in pairs])


def place(across, up):
    return fp_str(across, up).replace(" ", ",")
