"""The account that signs what the calendar does: nobody's."""

import pytest
from django.core import mail

from accounts.models import RoleRow, User
from accounts.services import the_product


def test_it_is_one_account_without_a_role(db):
    product = the_product()
    assert (str(product), the_product().pk) == ("Fortnight", product.pk)
    assert not RoleRow.objects.filter(person=product).exists()


def test_it_can_never_sign_in(client, db):
    product = the_product()
    assert (product.is_active, product.has_usable_password()) == (False, False)
    client.force_login(product)
    assert client.get("/role/").url.startswith("/account/login/")


def test_no_password_is_sent_to_it(client, db):
    client.post("/account/password/reset/", {"email": the_product().email})
    assert mail.outbox == []


@pytest.mark.parametrize("who", ["ada", "ruth"])
def test_it_is_in_no_list_of_users(request, client, sign_in, role_of, who):
    person, product = request.getfixturevalue(who), the_product()
    assert product not in User.objects.visible_to(role_of(person))
    assert sign_in(client, person).get(f"/users/{product.pk}/").status_code == 404
