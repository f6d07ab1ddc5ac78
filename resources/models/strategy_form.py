from wagtail.admin.forms import WagtailAdminPageForm

from .first_response import problems


class StrategyForm(WagtailAdminPageForm):
    """The editor's form. A draft may be unfinished; a page to publish may not."""

    def clean(self):
        cleaned = super().clean()
        if self.is_deferred_validation:
            return cleaned
        themes = cleaned.get("themes") or []
        for name, message in problems(themes, cleaned.get).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, message)
        return cleaned
