from resources.models import StrategyPage

from .read import ReadPage


class Topic(ReadPage):
    """W3: a concern in plain words, and its strategies."""

    def get_context_data(self, **kwargs):
        strategies = StrategyPage.objects.visible_to(self.role).about(self.page.theme).for_list()
        return super().get_context_data(strategies=strategies, **kwargs)
