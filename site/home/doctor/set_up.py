from django.conf import settings
from django.core import checks

from .findings import fine, must_mend, warn


def settings_are_safe(about, asked):
    """Django's own checks, those for deployment among them."""
    found = checks.run_checks(include_deployment_checks=True)
    wrong = [message for message in found if message.level >= checks.WARNING]
    for message in wrong:
        tell = must_mend if message.level >= checks.ERROR or real() else warn
        yield tell(about, f"{message.id}: {message.msg}", message.hint or "See manage.py check --deploy.")
    if not wrong:
        yield fine(about, "as they should be in production.")


def real():
    """Whether these are the settings of a real service, where HTTPS is enforced, and not the demo's."""
    return settings.SECURE_SSL_REDIRECT
