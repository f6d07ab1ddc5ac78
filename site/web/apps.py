from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "web"

    def ready(self):
        from . import choices  # noqa: F401 - adds select, radios and checkboxes to the controls
