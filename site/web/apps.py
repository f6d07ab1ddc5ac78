from django.apps import AppConfig
from django.conf import settings


class WebConfig(AppConfig):
    name = "web"

    def ready(self):
        from . import choices  # noqa: F401 - adds select, radios and checkboxes to the controls
        from .json_log import log_what_nobody_catches

        if settings.LOGS_AS_JSON:
            log_what_nobody_catches()
