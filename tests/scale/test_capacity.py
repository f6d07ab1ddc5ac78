"""Capacity on paper, with figures that can be worked out by hand."""

import pytest

from tests.bench.capacity import REQUESTS, need, seconds_of, talks_a_second

pytestmark = pytest.mark.one_database
EVERY = dict.fromkeys(REQUESTS, {"cpu_ms": 10, "p50_ms": 14})


def test_a_consultation_costs_its_requests():
    web, database = seconds_of(EVERY)
    assert web == pytest.approx(sum(REQUESTS.values()) * 0.010)
    assert database == pytest.approx(sum(REQUESTS.values()) * 0.004)


def test_what_was_not_measured_costs_what_the_others_do():
    assert seconds_of({"case": EVERY["case"]}) == pytest.approx(seconds_of(EVERY))
    with pytest.raises(ValueError, match="None of these works is in the file"):
        seconds_of({"another": EVERY["case"]})


def test_the_busiest_minute_has_twelve_times_the_mean_of_a_school_day():
    # 190 days of 6 hours: 4,104,000 seconds for 1,440,000 consultations a year.
    assert talks_a_second(24_000) == pytest.approx(1_440_000 / 4_104_000 * 12)


def test_workers_are_half_busy_and_never_one_alone():
    small, large = need(55, EVERY), need(24_000, EVERY)
    assert (small.workers, small.database_cores, small.pooled) == (2, 2, False)
    assert large.workers == 3
    assert need(240_000, EVERY).pooled
    assert large.disk_gb == pytest.approx(24_000 * 60 * 10 * 60_000 * 2 / 1e9)
