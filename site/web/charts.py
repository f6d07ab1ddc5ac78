"""Pictures drawn once: as SVG on a page and as vectors in a PDF. They hold shapes alone; words stand beside.

Shapes and dashes tell the lines apart, so nothing is lost on a school's copier.
"""

from datetime import date

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, PolyLine, Rect
from reportlab.lib.colors import HexColor

from web.words import counted

HEIGHT, EDGE = 150, 12
TOP = 10
WHITE, PAGE, GRID = "#ffffff", "#f0f4f5", "#768692"
# Marker, what it is called, dashes, ink. The markers grow, so that three on one spot are all seen.
LINES = [
    ("circle", "circle, solid line", None, "#005eb8"),
    ("square", "square, dashed line", [7, 4], "#7c2855"),
    ("triangle", "triangle, dotted line", [1.5, 3.5], "#212b32"),
]
# A bar of time: what is used is solid, booked is striped, free is empty, over is dark with stripes along.
BAR_WIDTH, BAR_HEIGHT, STRIPE = 320, 24, 6
USED, OVER, OUTLINE = "#005eb8", "#b3241a", "#212b32"
# Ink and what lies under it, for the test of contrast.
PAIRS = [
    (ink, under)
    for ink in (GRID, *(line[3] for line in LINES), USED, OVER, OUTLINE)
    for under in (WHITE, PAGE)
]


def goal_chart(goals, width=320):
    """A line for each goal from 0 (bottom) to 10 (top) over the days it was rated. Thin where it was not.

    `goals` are at most 3 rows of [words, [[day or its ISO form, rating or None], ...]]. Equal input gives an
    equal drawing. `width` is in points; a drawing is also a flowable of a PDF.
    """
    if len(goals) > len(LINES):
        raise ValueError("A chart has room for 3 goals.")
    days = sorted({as_day(day) for _, points in goals for day, _ in points})
    drawing = Drawing(width, HEIGHT)
    for rating in range(0, TOP + 1, 5):
        drawing.add(Line(0, y(rating), width, y(rating), strokeColor=HexColor(GRID), strokeWidth=1))
    for (_, points), line in zip(goals, LINES, strict=False):
        for shape in goal_line(points, line, days, width):
            drawing.add(shape)
    return drawing


def goal_line(points, line, days, width):
    marker, _, dashes, ink = line
    stroke = {"strokeColor": HexColor(ink), "strokeWidth": 2}
    before = None
    for run in runs(points):
        spots = [(x(day, days, width), y(rating)) for day, rating in run]
        if before:
            yield PolyLine([*before, *spots[0]], **stroke | {"strokeWidth": 0.8})
        before = spots[-1]
        if len(spots) > 1:
            yield PolyLine([n for spot in spots for n in spot], strokeDashArray=dashes, **stroke)
        yield from (MARKERS[marker](*spot, stroke) for spot in spots)


def runs(points):
    """The stretches of points in the order of days that have a rating, without a gap."""
    run = []
    for day, rating in in_order(points):
        if rating is not None:
            run.append((day, rating))
        elif run:
            yield run
            run = []
    if run:
        yield run


def in_order(points):
    """By day; of one day, as they came."""
    return sorted(((as_day(day), rating) for day, rating in points), key=lambda point: point[0])


def as_day(day):
    return day if isinstance(day, date) else date.fromisoformat(day)


def x(day, days, width):
    """Days stand as far apart as they were. A single day stands in the middle."""
    span = (days[-1] - days[0]).days
    share = (day - days[0]).days / span if span else 0.5
    return round(EDGE + share * (width - 2 * EDGE), 2)


def y(rating):
    return round(EDGE + rating / TOP * (HEIGHT - 2 * EDGE), 2)


def circle(across, up, stroke):
    return Circle(across, up, 3.5, fillColor=stroke["strokeColor"], **stroke)


def square(across, up, stroke):
    return Rect(across - 6, up - 6, 12, 12, fillColor=None, **stroke)


def triangle(across, up, stroke):
    corners = [across - 10, up - 8, across + 10, up - 8, across, up + 11]
    return Polygon(corners, fillColor=None, **stroke)


MARKERS = {"circle": circle, "square": square, "triangle": triangle}


def marker_picture(number):
    """What a goal's line looks like, to stand beside its sentence. `number` is the goal's, from 1."""
    marker, _, dashes, ink = LINES[number - 1]
    stroke = {"strokeColor": HexColor(ink), "strokeWidth": 2}
    drawing = Drawing(48, 24)
    drawing.add(PolyLine([0, 12, 48, 12], strokeDashArray=dashes, **stroke))
    drawing.add(MARKERS[marker](24, 12, stroke))
    return drawing


def goal_sentence(number, points):
    """ "from 2 to 6 out of 10": the first rating and the last. `number` is the goal's, from 1."""
    ratings = [rating for _, rating in in_order(points) if rating is not None]
    if not ratings:
        return f"Goal {number}: not rated yet"
    if len(ratings) == 1:
        return f"Goal {number}: {ratings[0]} out of 10"
    return f"Goal {number}: from {ratings[0]} to {ratings[-1]} out of 10{not_rated_at(points)}"


def not_rated_at(points):
    """ ", not rated at 1 review": how a sentence goes on where points have no rating."""
    left_out = sum(rating is None for _, rating in points)
    return f", not rated at {counted(left_out, 'review')}" if left_out else ""


def goal_sentences(goals):
    """Rows of (the marker's name, the sentence, the goal's words), in the order of the picture."""
    return [
        (line[1], goal_sentence(number, points), words)
        for number, ((words, points), line) in enumerate(zip(goals, LINES, strict=False), start=1)
    ]


def time_bar(parts, width=BAR_WIDTH):
    """One bar for a pot of time. `parts` are pairs of "used", "booked", "free" or "over" and minutes; they
    fill the bar together. A pot with nothing in it is an empty bar."""
    drawing = Drawing(width, BAR_HEIGHT)
    drawing.add(outlined(0, width))
    whole = sum(minutes for _, minutes in parts)
    done = 0
    for name, minutes in parts:
        if minutes:
            edges = (round(width * part / whole, 2) for part in (done, done + minutes))
            for shape in BAR_PARTS[name](*edges):
                drawing.add(shape)
        done += minutes
    return drawing


def part_picture(name):
    """What a part of a bar looks like, to stand beside its words."""
    drawing = Drawing(24, BAR_HEIGHT)
    for shape in [outlined(0, 24), *BAR_PARTS[name](0, 24)]:
        drawing.add(shape)
    return drawing


def outlined(left, right, fill=WHITE, ink=OUTLINE):
    inside = {"fillColor": HexColor(fill), "strokeColor": HexColor(ink), "strokeWidth": 1}
    return Rect(left + 0.5, 0.5, right - left - 1, BAR_HEIGHT - 1, **inside)


def solid(left, right):
    return [Rect(left, 0, right - left, BAR_HEIGHT, fillColor=HexColor(USED), strokeColor=None)]


def striped(left, right):
    lines = range(int(left) + STRIPE // 2, int(right), STRIPE)
    ink = {"strokeColor": HexColor(USED), "strokeWidth": 2}
    return [outlined(left, right, ink=USED), *(Line(at, 1, at, BAR_HEIGHT - 1, **ink) for at in lines)]


def empty(left, right):
    return []


def past(left, right):
    lines = range(STRIPE, BAR_HEIGHT, STRIPE)
    whole = Rect(left, 0, right - left, BAR_HEIGHT, fillColor=HexColor(OVER), strokeColor=None)
    white = {"strokeColor": HexColor(WHITE), "strokeWidth": 1}
    return [whole, *(Line(left, up, right, up, **white) for up in lines)]


BAR_PARTS = {"used": solid, "booked": striped, "free": empty, "over": past}
