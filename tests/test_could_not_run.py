"""The line at the end of a run, tried on small runs of their own."""

import pytest

pytest_plugins = ["pytester"]

A_SKIP = """
import pytest
def test_runs(): pass
{decorator}def test_does_not(): {body}
"""


@pytest.fixture
def run(pytester, monkeypatch):
    """A run of its own with this one skip (or none), in CI or not: its last lines and its exit status."""

    def make(why=None, ci="", times=1):
        monkeypatch.setenv("CI", ci)
        many = f"@pytest.mark.parametrize('n', range({times}))\n" if times > 1 else ""
        body = f"pytest.skip({why!r})" if why else "pass"
        text = A_SKIP.format(decorator=many, body=body)
        pytester.makepyfile(test_it=text.replace("does_not()", "does_not(n)") if many else text)
        without = [f"-pno:{plugin}" for plugin in ("django", "playwright", "base_url", "cacheprovider")]
        return pytester.runpytest_inprocess("-p", "tests.could_not_run", *without)

    return make


def test_a_run_without_skips_says_nothing(run):
    result = run(ci="true")
    assert result.ret == 0
    assert "could not run" not in result.stdout.str()


def test_one_test_is_named_with_the_reason(run):
    result = run("OPEN_DATA_DIR is not set")
    line = "1 test could not run: test_it.py::test_does_not (OPEN_DATA_DIR is not set)."
    assert line in result.outlines
    assert result.ret == 0


def test_many_tests_are_counted_in_one_line(run):
    result = run("no Chromium could be found or installed", times=8)
    assert "8 tests could not run: no Chromium could be found or installed." in result.outlines
    assert result.ret == 0


def test_in_ci_the_open_data_test_may_be_missing(run):
    assert run("OPEN_DATA_DIR is not set", ci="true").ret == 0


def test_in_ci_any_other_skip_fails_the_run(run):
    result = run("needs Chromium", ci="true")
    assert result.ret == 1
    line = "1 test could not run: test_it.py::test_does_not (needs Chromium). In CI every test has to run."
    assert line in result.outlines
