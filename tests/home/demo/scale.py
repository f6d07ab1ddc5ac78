"""The day and the size of the demo that these tests read."""

from datetime import date

TODAY = date(2027, 2, 10)  # a Wednesday
ENOUGH = 6  # past visits of each school: the plans of Quillbrook need six
