from django.http import Http404

from resources.forms import SearchForm
from resources.models import StrategyPage, TopicPage

from .read import ReadPage

PAGE_SIZE = 25


class Library(ReadPage):
    """W1: search, filters and cards, one page at a time without counting them all."""

    def get_context_data(self, **kwargs):
        form = SearchForm(self.request.GET, shows_use=bool(self.role))
        strategies = StrategyPage.objects.visible_to(self.role)
        rows = form.narrow(strategies)
        form.show_counts(strategies)
        number = self.get_number()
        start = (number - 1) * PAGE_SIZE
        # One more than a page holds says whether there is a next page.
        found = list(rows[start : start + PAGE_SIZE + 1])
        if number > 1 and not found:
            raise Http404
        topics = TopicPage.objects.visible_to(self.role)
        return super().get_context_data(
            form=form,
            topics=form.topics(topics) if number == 1 else [],
            all_topics=[] if self.request.GET else topics.for_list(),
            strategies=found[:PAGE_SIZE],
            some_words=bool(form.found) and form.found.some_words,
            instead=self.link_to_what_was_meant(form.found),
            number=number,
            other_pages=self.links_to_other_pages(number, more=len(found) > PAGE_SIZE),
            **kwargs,
        )

    def get_number(self):
        typed = self.request.GET.get("page", "")
        return max(int(typed), 1) if typed.isdecimal() and len(typed) < 6 else 1

    def links_to_other_pages(self, number, more):
        """What the pagination component takes; empty when everything fits on this page."""
        links = {"previous": self.link_to(number - 1)} if number > 1 else {}
        return links | ({"next": self.link_to(number + 1)} if more else {})

    def link_to_what_was_meant(self, found):
        """The same search with its misspelt words put right."""
        if not found or not found.instead:
            return None
        query = self.request.GET.copy()
        query.pop("page", None)
        query["words"] = found.instead
        return {"href": f"?{query.urlencode()}", "words": found.instead}

    def link_to(self, number):
        query = self.request.GET.copy()
        query["page"] = number
        return {"href": f"?{query.urlencode()}", "label_text": f"Page {number}"}
