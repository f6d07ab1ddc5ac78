"""The library's documents are a third party's pages: a row per role of their own. None is uploaded yet."""

import pytest

from .test_access_table import PEOPLE

ADDRESS = "/documents/1/plan.pdf"


def test_nobody_gets_a_document_without_signing_in(client, db):
    response = client.get(ADDRESS)
    assert (response.status_code, response.url) == (302, f"/account/login/?next={ADDRESS}")


@pytest.mark.parametrize("name", PEOPLE)
def test_a_document_that_is_not_there_is_not_found_by_any_role(client, sign_in, request, name):
    person = request.getfixturevalue(name)
    assert sign_in(client, person).get(ADDRESS).status_code == 404
