"""Wagtail's admin without the e-mails of its workflow: they would pass by our one sending layer
(docs/adr/0010). What waits for somebody stands on the first page of the admin."""

from wagtail.admin.apps import WagtailAdminAppConfig


class QuietAdmin(WagtailAdminAppConfig):
    def ready(self):
        # Wagtail connects its e-mails here, and makes its widgets known.
        from wagtail.admin.telepath import widgets  # noqa: F401
