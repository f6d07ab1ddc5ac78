"""The first page after sign-in, by role."""

import pytest

FIRST = {
    "priya": "/today/",
    "ruth": "/schools/",
    "sam": "/needs-doing/",
    "dana": "/needs-doing/",
    "hana": "/time/",
    "bo": "/time/",
    "tess": "/carrying-out/",
    "femi": "/passed-on/",
    "kit": "/overview/",
    "ada": "/users/",
    "edie": "/cms/",
}


@pytest.mark.parametrize("who", FIRST)
def test_each_role_begins_where_its_work_is(request, client, sign_in, library, who):
    response = sign_in(client, request.getfixturevalue(who)).get("/")
    assert (response.status_code, response.url) == (302, FIRST[who])
    assert client.get(response.url).status_code == 200


def test_every_kind_of_role_has_a_first_page(cast, role_of):
    kinds = {role_of(getattr(cast, who)).kind for who in FIRST}
    assert kinds == {role_of(person).kind for person in cast.people}


def test_it_is_no_button(client, sign_in, sam):
    assert sign_in(client, sam).post("/").status_code == 405
