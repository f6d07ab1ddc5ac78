"""The lines that are taken out are still there: a list that has rotted proves nothing."""

import pytest

from .__main__ import HERE, MUTATIONS


def test_there_are_many():
    assert len(MUTATIONS) >= 40


@pytest.mark.parametrize("mutation", MUTATIONS, ids=[one.name for one in MUTATIONS])
def test_each_line_stands_in_its_file_once_and_its_tests_are_there(mutation):
    assert (HERE / mutation.file).read_text().count(mutation.old) == 1
    assert [test for test in mutation.tests if not (HERE / test).is_file()] == []
