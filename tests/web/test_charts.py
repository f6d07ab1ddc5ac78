"""Goals over time: the picture, and the sentences beside it."""

import re
from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import pytest
from reportlab.platypus import SimpleDocTemplate

from web.charts import PAIRS, goal_chart, goal_sentences
from web.svg import svg

GOALS = [
    ["Comes in", [["2026-01-05", 2], ["2026-02-05", None], ["2026-03-05", 4], ["2026-04-05", 6]]],
    ["Sits", [["2026-01-05", 3], ["2026-02-05", 5], ["2026-03-05", 5], ["2026-04-05", 4]]],
    ["Talks", [["2026-01-05", 1], ["2026-03-05", 4], ["2026-04-05", 8]]],
]


def shapes(goals):
    return [shape for shape in ElementTree.fromstring(svg(goal_chart(goals))).iter() if shape.tag != "g"]


def of_kind(goals, tag):
    return [shape for shape in shapes(goals) if shape.tag == tag]


def luminance(ink):
    parts = [int(ink[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_each_goal_has_its_own_marker_and_its_own_dashes():
    assert [len(of_kind(GOALS, tag)) for tag in ("circle", "rect", "polygon")] == [3, 4, 3]
    lines = [line for line in of_kind(GOALS, "polyline") if line.get("stroke-width") == "2"]
    assert [line.get("stroke-dasharray") for line in lines] == [None, "7, 4", "1.5, 3.5"]


def test_a_thin_line_leads_past_where_a_goal_was_not_rated():
    thin, thick = of_kind(GOALS[:1], "polyline")
    assert [len(line.get("points").split(",")) for line in (thin, thick)] == [2, 2]
    assert [line.get("stroke-width") for line in (thin, thick)] == ["0.8", "2"]
    assert thin.get("points").split(", ")[1] == thick.get("points").split(", ")[0]
    assert len(of_kind(GOALS[:1], "circle")) == 3
    whole = [["Comes in", [point for point in GOALS[0][1] if point[1] is not None]]]
    assert [len(line.get("points").split(",")) for line in of_kind(whole, "polyline")] == [3]


def test_one_rating_is_a_marker_without_a_line():
    goals = [["Comes in", [["2026-01-05", 2]]]]
    assert (len(of_kind(goals, "circle")), of_kind(goals, "polyline")) == (1, [])


@pytest.mark.parametrize("goals", [[], [["Comes in", []]], [["Comes in", [["2026-01-05", None]]]]])
def test_nothing_rated_is_an_empty_scale(goals):
    assert {shape.tag for shape in shapes(goals)} == {"svg", "path"}


def test_a_higher_rating_stands_higher_and_a_later_day_further_right():
    first, second = of_kind([["A", [["2026-01-05", 0], ["2026-01-06", 10]]]], "circle")
    assert float(first.get("cx")) < float(second.get("cx"))
    # SVG counts from the top, but the drawing is turned over as a whole.
    assert (first.get("cy"), second.get("cy")) == ("12.0", "138.0")


def test_days_may_come_as_dates_and_in_any_order():
    points = GOALS[1][1]
    dates = [[date.fromisoformat(day), rating] for day, rating in points]
    assert svg(goal_chart([["Sits", dates[::-1]]])) == svg(goal_chart([["Sits", points]]))


def test_a_fourth_goal_is_refused():
    with pytest.raises(ValueError, match="room for 3"):
        goal_chart([*GOALS, GOALS[0]])


def test_the_picture_fits_a_page_with_a_strict_policy():
    picture = svg(goal_chart(GOALS))
    assert picture.startswith('<svg viewBox="0 0 320 150" aria-hidden="true" focusable="false">')
    assert re.findall(r"style|script|<text|\bid=|clip|<!|<\?|xmlns|None", picture) == []


def test_equal_input_gives_equal_bytes():
    assert svg(goal_chart(GOALS)) == svg(goal_chart(GOALS))


def test_the_same_drawing_goes_into_a_pdf():
    file = BytesIO()
    SimpleDocTemplate(file, invariant=1).build([goal_chart(GOALS)])
    assert file.getvalue().startswith(b"%PDF")


@pytest.mark.parametrize(("ink", "under"), PAIRS)
def test_every_line_stands_out(ink, under):
    dark, light = sorted([luminance(ink), luminance(under)])
    assert (light + 0.05) / (dark + 0.05) >= 3


def test_a_sentence_says_where_a_goal_went_and_which_marker_is_its_own():
    assert goal_sentences([*GOALS[:2], ["Talks", [["2026-01-05", 1]]]]) == [
        ("circle, solid line", "Goal 1: from 2 to 6 out of 10, not rated at 1 review", "Comes in"),
        ("square, dashed line", "Goal 2: from 3 to 4 out of 10", "Sits"),
        ("triangle, dotted line", "Goal 3: 1 out of 10", "Talks"),
    ]
    assert goal_sentences([["Comes in", []]])[0][1] == "Goal 1: not rated yet"
