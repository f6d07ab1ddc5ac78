from django.utils.crypto import salted_hmac

from accounts.models import UsedFormKey
from web.prepared import prepared


def digest_of(text):
    """A fingerprint of what was sent, to tell a second press from something else typed on the same form.

    Keyed, because what was sent may be a clinical note: nobody can try out texts against it.
    """
    return salted_hmac("accounts.form_keys", text, algorithm="sha256").hexdigest()


def used_form_key(key):
    """The row of a key that was spent, with where it led; None when the form was not saved yet."""
    return next(iter(_used(key)), None)


@prepared
def _used(key):
    return UsedFormKey.objects.filter(pk=key)


def use_form_key(key, *, by, led_to, fingerprint=""):
    """Spend the key of a form, in the transaction that makes the record.

    Raises IntegrityError when it is spent already: a second press waits here for the first to commit.
    """
    return UsedFormKey.objects.create(key=key, person=by, led_to=led_to, fingerprint=fingerprint)
