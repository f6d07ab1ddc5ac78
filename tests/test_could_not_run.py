"""The line at the end of a run: its words, and one small run of its own for the exit status."""

from types import SimpleNamespace

from tests.could_not_run import by_reason, in_words, not_allowed

pytest_plugins = ["pytester"]
NO_DATA, NO_BROWSER = "OPEN_DATA_DIR is not set", "no Chromium could be found or installed"
SKIPPED = """
import pytest
def test_runs(): pass
def test_does_not(): pytest.skip("no Chromium could be found or installed")
"""


def skips(why, count=1):
    names = [f"tests/x.py::test_{number}" for number in range(count)]
    return [SimpleNamespace(nodeid=name, longrepr=("x.py", 1, f"Skipped: {why}")) for name in names]


def test_one_test_is_named_with_the_reason():
    found = by_reason(skips(NO_DATA))
    assert in_words(found) == f"1 test could not run: tests/x.py::test_0 ({NO_DATA})"


def test_many_tests_are_counted_and_share_one_line_with_others():
    found = by_reason([*skips(NO_BROWSER, 8), *skips(NO_DATA)])
    assert in_words(found) == (
        f"8 tests could not run: {NO_BROWSER}; 1 test could not run: tests/x.py::test_0 ({NO_DATA})"
    )


def test_a_test_whose_failure_was_expected_did_run():
    [report] = skips("a known bug")
    report.wasxfail = "reason"
    assert by_reason([report]) == {}


def test_only_the_open_data_may_be_missing_in_ci():
    assert not_allowed(by_reason([*skips(NO_BROWSER), *skips(NO_DATA)])) == [NO_BROWSER]
    assert not_allowed(by_reason(skips(NO_DATA))) == []


def test_in_ci_a_skip_fails_the_run_and_says_so_last(pytester, monkeypatch):
    monkeypatch.setenv("CI", "true")
    pytester.makepyfile(test_it=SKIPPED)
    without = [f"-pno:{plugin}" for plugin in ("django", "playwright", "base_url", "cacheprovider")]
    result = pytester.runpytest_inprocess("-p", "tests.could_not_run", *without)
    named = f"1 test could not run: test_it.py::test_does_not ({NO_BROWSER}). In CI every test has to run."
    assert result.ret == 1
    assert named in result.outlines[-3:]
