from resources.reading import what_worked

from .read import ReadPage


class Strategy(ReadPage):
    """W2."""

    def get_context_data(self, **kwargs):
        themes = list(self.page.themes.all())
        return super().get_context_data(
            who_it_helps=self.page.who_it_helps(themes),
            today=self.today,
            first_response=any(theme.first_response_only for theme in themes),
            worked=what_worked([self.page])[self.page.pk],
            **kwargs,
        )
