"""What a visit costs by the rules of its pot: arithmetic alone."""

import pytest

from schools.models import Agreement
from schools.used_time import late_charge, rounded


@pytest.mark.parametrize(
    ("minutes", "up", "nearest"), [(0, 0, 0), (1, 15, 0), (7, 15, 0), (8, 15, 15), (15, 15, 15), (16, 30, 15)]
)
def test_minutes_are_rounded_up_or_to_the_nearest_step(minutes, up, nearest):
    found = [rounded(minutes, Agreement(rounding=how, rounding_minutes=15)) for how in ("up", "nearest")]
    assert found == [up, nearest]


@pytest.mark.parametrize(("minutes", "step", "nearest"), [(5, 10, 10), (4, 10, 0), (15, 30, 30)])
def test_half_a_step_goes_up_to_the_nearest(minutes, step, nearest):
    assert rounded(minutes, Agreement(rounding="nearest", rounding_minutes=step)) == nearest


@pytest.mark.parametrize(("percent", "charge"), [(100, 175), (50, 87), (1, 1), (0, 0)])
def test_part_of_a_minute_is_not_charged(percent, charge):
    assert late_charge(Agreement(late_charge_percent=percent), 175) == charge
