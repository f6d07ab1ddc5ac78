from django.contrib.auth.hashers import make_password

from accounts.models import User

ADDRESS = "fortnight@fortnight.invalid"


def the_product():
    """Who signs what the calendar does by itself at night.

    An account without a role, closed and without a password: it signs in nowhere, is in no list of users,
    and no message can reach its address.
    """
    nobody = {"first_name": "Fortnight", "is_active": False, "password": make_password(None)}
    return User.objects.get_or_create(email=ADDRESS, defaults=nobody)[0]
