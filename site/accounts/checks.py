from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def a_password_alone_opens_nothing(app_configs, **kwargs):
    if settings.SECOND_FACTOR_REQUIRED:
        return []
    return [Error("A password alone opens accounts: SECOND_FACTOR_REQUIRED is off.", id="accounts.E001")]
