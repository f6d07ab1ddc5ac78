"""Sign-in as allauth has it, and who somebody is asked with a question that is put together once: every
request asks it."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model

from web.prepared import prepared


@prepared
def people_with_key(pk):
    return get_user_model().objects.filter(pk=pk)


class PersonBackend(AuthenticationBackend):
    def get_user(self, user_id):
        """None of somebody who was deactivated, or is not there."""
        person = next(iter(people_with_key(user_id)), None)
        return person if person and self.user_can_authenticate(person) else None
