"""Who a session belongs to, asked at every request."""

import pytest

from accounts.backend import PersonBackend
from tests.cost import WHO


@pytest.mark.parametrize("key", [0, 2**40])
def test_a_key_that_nobody_has_is_nobody(db, key):
    assert PersonBackend().get_user(key) is None


def test_who_it_is_takes_one_question_and_is_read_anew_each_time(sam, django_assert_num_queries):
    PersonBackend().get_user(sam.pk)
    sam.first_name = "Samira"
    sam.save(update_fields=["first_name"])
    with django_assert_num_queries(1) as asked:
        assert PersonBackend().get_user(sam.pk).first_name == "Samira"
    assert WHO in asked.captured_queries[0]["sql"]
