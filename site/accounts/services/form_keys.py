from accounts.models import UsedFormKey


def form_key_led_to(key):
    """Where the form with this key led when it was saved; None when it was not saved yet."""
    return UsedFormKey.objects.filter(pk=key).values_list("led_to", flat=True).first()


def use_form_key(key, *, by, led_to):
    """Spend the key of a form, in the transaction that makes the record.

    Raises IntegrityError when it is spent already: a second press waits here for the first to commit.
    """
    return UsedFormKey.objects.create(key=key, person=by, led_to=led_to)
