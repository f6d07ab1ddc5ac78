"""Lists in an order that no key gives, as the closest first: pages by number, without counting them all."""

from django.http import Http404


class NumberedPages:
    """Mixed into a view. The number of the page stands in its address."""

    @property
    def number(self):
        typed = self.request.GET.get("page", "")
        return max(int(typed), 1) if typed.isdecimal() and len(typed) < 6 else 1

    def rows_here(self, rows, size):
        """(the rows of this page, what the pagination component takes: empty when everything fits on it).

        A page behind the last one is not found.
        """
        start = (self.number - 1) * size
        # One more than a page holds says whether there is a next page.
        found = list(rows[start : start + size + 1])
        if self.number > 1 and not found:
            raise Http404
        links = {"previous": self.link_to(self.number - 1)} if self.number > 1 else {}
        links |= {"next": self.link_to(self.number + 1)} if len(found) > size else {}
        return found[:size], links

    def link_to(self, number):
        query = self.request.GET.copy()
        query["page"] = number
        return {"href": f"?{query.urlencode()}", "label_text": f"Page {number}"}
