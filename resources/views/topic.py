from .read import ReadPage


class Topic(ReadPage):
    """W3: a concern in plain words, and its strategies."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**self.page.shown(self.role), **kwargs)
