from resources.reading import what_worked

from .read import ReadPage


class Strategy(ReadPage):
    """W2."""

    def get_context_data(self, **kwargs):
        shown = self.page.shown(self.today)
        return super().get_context_data(**shown, worked=self.worked(), **kwargs)

    def worked(self):
        """Not for the public."""
        return what_worked([self.page]).get(self.page.pk) if self.role else None
