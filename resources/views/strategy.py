from resources.reading import what_worked

from .read import ReadPage


class Strategy(ReadPage):
    """W2."""

    def get_context_data(self, **kwargs):
        themes = list(self.page.themes.all())
        first_response = any(theme.first_response_only for theme in themes)
        return super().get_context_data(
            who_it_helps=self.page.who_it_helps(themes),
            today=self.today,
            first_response=first_response,
            worked=self.worked() if self.role and not first_response else None,
            **kwargs,
        )

    def worked(self):
        """Not for the public; and where a child may come to harm, nobody chooses by what helped others."""
        return what_worked([self.page])[self.page.pk]
