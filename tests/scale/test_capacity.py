"""Capacity on paper, with figures that can be worked out by hand."""

import pytest

from tests.bench.capacity import REQUESTS, measured_in, need, seconds_of, talks_a_second
from tests.bench.works import WORKS

pytestmark = pytest.mark.one_database
EVERY = dict.fromkeys(REQUESTS, {"cpu": 10, "p50": 14})


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
    small, large = need(55, EVERY, 10_000), need(24_000, EVERY, 10_000)
    assert (small.workers, small.database_cores, small.pooled) == (2, 2, False)
    assert large.workers == 3
    assert need(240_000, EVERY, 10_000).pooled
    assert large.disk_gb == pytest.approx(24_000 * 60 * 10 * 10_000 * 4 / 1e9)


def ran(size, database, consultations, cpu):
    works = {"search library" if size.startswith("library") else "case": {"cpu": cpu, "p50": 20}}
    counted = {"consultations": consultations, "bytes": consultations * 13_000}
    return {"size": size, "database": database, "works": works} | counted


def test_the_biggest_run_on_postgresql_counts_and_the_library_of_a_thousand_pages():
    runs = [ran("1k", "postgresql", 1_000, 5), ran("100k", "postgresql", 100_000, 7)]
    runs += [ran("library-1000", "postgresql", 1_000, 9), ran("1M", "sqlite", 1_000_000, 11)]
    works, size = measured_in(runs)
    assert size == 13_000
    assert {name: row["cpu"] for name, row in works.items()} == {"case": 7, "search library": 9}
    with pytest.raises(ValueError, match="no run on PostgreSQL"):
        measured_in(runs[-1:])


def test_each_work_is_one_that_the_benchmark_measures():
    assert set(REQUESTS) <= {work.name for work in WORKS}
