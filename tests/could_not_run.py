"""A run ends with one line that names every test that could not run, and why. In CI that line fails it."""

import os
from collections import defaultdict

import pytest

# The only tests that CI may leave out: they read a file that is not part of the product.
MAY_BE_MISSING = ("OPEN_DATA_DIR",)
MANY = 3


def reason(report):
    """The words given to pytest.skip: a skipped report holds (file, line, "Skipped: words")."""
    return report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else "skipped"


def by_reason(reports):
    """Each test once, whichever of its phases was skipped. An expected failure did run."""
    found = defaultdict(dict)
    for report in reports:
        if not hasattr(report, "wasxfail"):
            found[reason(report)][getattr(report, "nodeid", "")] = None
    return {why: list(names) for why, names in found.items()}


def in_words(found):
    """ "1 test could not run: tests/x.py::test_y (why)"; the names of many are left to the list above."""
    parts = []
    for why, names in found.items():
        count = f"{len(names)} test{'' if len(names) == 1 else 's'} could not run: "
        parts.append(count + (f"{', '.join(names)} ({why})" if len(names) <= MANY else why))
    return "; ".join(parts)


def not_allowed(found):
    """The reasons for which a CI run may not leave a test out."""
    return [why for why in found if not any(name in why for name in MAY_BE_MISSING)]


def skipped(config):
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return by_reason(reporter.stats.get("skipped", []) if reporter else [])


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    if os.environ.get("CI") == "true" and exitstatus == 0 and not_allowed(skipped(session.config)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter, config):
    found = skipped(config)
    if found:
        wrong = os.environ.get("CI") == "true" and not_allowed(found)
        ending = ". In CI every test has to run." if wrong else "."
        terminalreporter.write_line(in_words(found) + ending, red=bool(wrong), yellow=not wrong)
