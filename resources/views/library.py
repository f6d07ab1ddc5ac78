from resources.forms import SearchForm
from resources.models import TopicPage
from web.numbered_pages import NumberedPages

from .read import ReadPage

PAGE_SIZE = 25


class Library(NumberedPages, ReadPage):
    """W1: search, filters and cards, one page at a time without counting them all."""

    def get_context_data(self, **kwargs):
        form = SearchForm(self.request.GET, role=self.role)
        form.show_counts()
        keys, other_pages = self.rows_here(form.keys(), PAGE_SIZE)
        topics = TopicPage.objects.visible_to(self.role)
        return super().get_context_data(
            form=form,
            topics=form.topics(topics) if self.number == 1 else [],
            all_topics=[] if self.request.GET else topics.for_links(),
            strategies=form.cards(keys),
            number=self.number,
            other_pages=other_pages,
            **kwargs,
        )
