from consultations import policies
from consultations.models import SafeguardingMatter
from web.prepared import Name, prepared


@prepared
def open_matters(role, about, key):
    matters = SafeguardingMatter.objects.visible_to(role).filter(**{about: key})
    return matters.open().select_related("consultation")


class ShowsOpenMatters:
    """The banner on every page about a visit or a case of which the safeguarding lead still has to be told.

    A subclass gives `matters_about`, which matters are of its page: the name of a relation and a key.
    """

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            open_matters=self.open_matters(),
            can_tell=policies.can_change_consultation(self.role, None),
            **kwargs,
        )

    def open_matters(self):
        about, key = self.matters_about()
        return open_matters(self.role, Name(about), key)
