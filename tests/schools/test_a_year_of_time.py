"""A year of three schools; `python -m tests.bench.a_year_of_time` lives through it with 60."""

import pytest

from schools.models import TimeEntry
from tests.bench.a_year_of_time import add_up, reconciled, simulate
from tests.bench.world_of_a_year import FIRST_ON, NEXT_FIRST_ON

SCHOOLS, SEED = 3, 1
HAPPENS = {
    "finish", "correct", "cancel_in_time", "cancel_late", "cancel_late_and_waived", "clinician_cancels",
    "close_school", "meet_nobody", "move", "order", "adjust", "sign", "state", "bill",
}  # fmt: skip


@pytest.mark.django_db
def test_after_a_year_everything_agrees_to_the_minute_and_the_penny():
    diary = simulate(SCHOOLS, SEED)
    assert HAPPENS - set(diary.done) == set()
    cleared = TimeEntry.objects.filter(owed_minutes__lt=0).values_list("agreement__first_on", flat=True)
    assert set(cleared) == {FIRST_ON, NEXT_FIRST_ON}
    assert reconciled() == "0 differences."
    add_up()
