"""What search engines are told of the library."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap

from resources.models import LibraryPage, StrategyPage, TopicPage

# The kinds of page that are served at all.
SERVED = (LibraryPage, StrategyPage, TopicPage)


class LibrarySitemap(Sitemap):
    def items(self):
        return super().items().type(*SERVED)


@require_safe
def sitemap(request):
    if not settings.LIBRARY_PUBLIC:
        raise Http404
    return wagtail_sitemap(request, {"library": LibrarySitemap})


@require_safe
def robots(request):
    lines = ["User-agent: *"]
    if settings.LIBRARY_PUBLIC:
        sitemap_url = settings.BASE_URL.rstrip("/") + reverse("sitemap")
        lines += ["Allow: /library/", "Allow: /sitemap.xml", "Disallow: /", "", f"Sitemap: {sitemap_url}"]
    else:
        lines += ["Disallow: /"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
