from django.conf import settings


class HasAddress:
    """A page of the library as the world outside knows it. Stands in front of Wagtail's Page."""

    @property
    def description(self):
        """One sentence about it, for search engines and for whoever gets a link to it."""
        return self.search_description or self.summary

    def address(self, request=None):
        """With the host. Wagtail's own comes from its table of sites, which nobody fills in here."""
        return settings.BASE_URL.rstrip("/") + (self.get_url(request) or "")

    def get_sitemap_urls(self, request=None):
        return [{"location": self.address(request), "lastmod": self.last_published_at}]
