"""One world for all of the package, gone when its last test is done."""

import logging

import pytest
from django.test import override_settings

from .world import the_world


class Heard(logging.Handler):
    """Everything that is logged, at every level."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.said = []

    def emit(self, record):
        self.said.append(self.format(record))


@pytest.fixture(scope="package")
def heard():
    handler, loggers = Heard(), [logging.getLogger(name) for name in (None, "django", "django.request")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    loggers[0].addHandler(handler)
    yield handler.said
    loggers[0].removeHandler(handler)
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)


@pytest.fixture(scope="package")
def world(heard, django_db_setup, django_db_blocker):
    # Every door is opened as it is where people work.
    as_at_work = override_settings(CHECK_PREPARED=False)
    with django_db_blocker.unblock(), as_at_work, the_world() as found:
        yield found
