from consultations import policies
from consultations.models import SafeguardingMatter


class ShowsOpenMatters:
    """The banner on every page about a visit or a case of which the safeguarding lead still has to be told.

    A subclass gives `matters_about`, a filter for the matters of its page.
    """

    def get_context_data(self, **kwargs):
        matters = SafeguardingMatter.objects.visible_to(self.role).filter(**self.matters_about())
        return super().get_context_data(
            open_matters=list(matters.open().select_related("consultation")),
            can_tell=policies.can_change_consultation(self.role, None),
            **kwargs,
        )
