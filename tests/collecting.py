"""Python looks for garbage among everything it holds; of a whole product that is a third of the time the
migrations take. What is there once the tests are found stays until the end, and new rubbish may wait."""

import gc

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session):
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
