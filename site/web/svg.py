"""A drawing of ReportLab's shapes as SVG for the middle of a page.

ReportLab's own takes ten times as long, and writes style attributes, which our content security policy
refuses, and an id for a clip path, which may stand on a page only once. A test holds that both give the same
shapes.
"""

from django.utils.safestring import mark_safe
from reportlab.graphics.shapes import Circle, Line, Polygon, PolyLine, Rect
from reportlab.lib.rl_accel import fp_str


def svg(drawing, stretches=False):
    """The drawing, hidden from screen readers: the facts stand beside it in words.

    One that stretches fills whatever room it is given. Raises ValueError for a shape it does not know.
    """
    room = ' preserveAspectRatio="none"' if stretches else ""
    upright = f"scale(1,-1) translate(0,-{drawing.height:g})"
    return mark_safe(
        f'<svg viewBox="0 0 {drawing.width:g} {drawing.height:g}"{room} aria-hidden="true" focusable="false">'
        f'<g transform="{upright}"><g>{"".join(map(element, drawing.contents))}</g></g></svg>'
    )


def element(shape):
    """Only numbers and colours go into it."""
    match shape:
        case Line():
            ends = [fp_str(*end).replace(" ", ",") for end in ((shape.x1, shape.y1), (shape.x2, shape.y2))]
            return f'<path d="M {ends[0]} L {ends[1]} Z"{stroke(shape)}{dashes(shape)} />'
        case PolyLine():
            inside = ' fill="none" fill-rule="evenodd"'
            return f'<polyline points="{points(shape)}"{stroke(shape)}{inside}{dashes(shape)} />'
        case Polygon():
            form = f'polygon points="{points(shape)}"'
        case Rect():
            right, top = shape.x + shape.width, shape.y + shape.height
            form = f'rect x="{shape.x}" y="{shape.y}" width="{right - shape.x}" height="{top - shape.y}"'
        case Circle():
            form = f'circle cx="{shape.cx}" cy="{shape.cy}" r="{shape.r}"'
        case _:
            raise ValueError(f"No SVG is known for {shape!r}.")
    return f'<{form}{stroke(shape)} fill="{ink(shape.fillColor)}" fill-rule="evenodd"{dashes(shape)} />'


def stroke(shape):
    return f' stroke="{ink(shape.strokeColor)}" stroke-linecap="butt" stroke-width="{shape.strokeWidth}"'


def dashes(shape):
    lengths = shape.strokeDashArray
    return f' stroke-dasharray="{", ".join(map(str, lengths))}"' if lengths else ""


def points(shape):
    pairs = zip(shape.points[::2], shape.points[1::2], strict=True)
    return ", ".join([fp_str(*pair) for pair in pairs])


def ink(color):
    if color is None:
        return "none"
    return "rgb({:d}%,{:d}%,{:d}%)".format(*(int(part * 100) for part in color.rgb()))
