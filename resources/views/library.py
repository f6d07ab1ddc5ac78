from resources.forms import SearchForm
from resources.models import StrategyPage, TopicPage
from web.numbered_pages import NumberedPages

from .read import ReadPage

PAGE_SIZE = 25


class Library(NumberedPages, ReadPage):
    """W1: search, filters and cards, one page at a time without counting them all."""

    def get_context_data(self, **kwargs):
        form = SearchForm(self.request.GET, shows_use=bool(self.role))
        strategies = StrategyPage.objects.visible_to(self.role)
        rows = form.narrow(strategies)
        form.show_counts(strategies)
        found, other_pages = self.rows_here(rows, PAGE_SIZE)
        topics = TopicPage.objects.visible_to(self.role)
        return super().get_context_data(
            form=form,
            topics=form.topics(topics) if self.number == 1 else [],
            all_topics=[] if self.request.GET else topics.for_list(),
            strategies=found,
            number=self.number,
            other_pages=other_pages,
            **kwargs,
        )
