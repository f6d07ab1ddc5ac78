"""The published library for other sites, as JSON: Wagtail's API v2, read only, and only while it is public.

Nobody signs in here, so it shows everybody the same. No name of a person is in it.
"""

from django.conf import settings
from django.http import Http404
from rest_framework.fields import Field
from rest_framework.renderers import JSONRenderer
from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.serializers import PageSerializer
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page, Site

from resources.models import KeyStage, StrategyPage, TopicPage

KINDS = {"resources.StrategyPage": StrategyPage, "resources.TopicPage": TopicPage}
# A database counts rows in 64 bits, and Wagtail's reading of `fields` calls itself for each bracket.
LONGEST = {"offset": 6, "limit": 6, "fields": 300, "theme": 50}


class Address(Field):
    """Of the page, with our host. Wagtail's own asks the cache again for each page."""

    def get_attribute(self, page):
        return page

    def to_representation(self, page):
        return settings.BASE_URL.rstrip("/") + (page.get_url(self.context["request"]) or "")


class LibraryPageSerializer(PageSerializer):
    html_url = Address(read_only=True)


class LibraryAPI(PagesAPIViewSet):
    """`type`, `theme` and `key_stage` narrow the list. There is no `search`: Wagtail's own reads the whole
    library for a common word."""

    http_method_names = ["get", "head"]
    # Nobody is let in by a password here, so none can be tried.
    authentication_classes = []
    permission_classes = []
    renderer_classes = [JSONRenderer]
    pagination_class = WagtailPagination
    filter_backends = []
    base_serializer_class = LibraryPageSerializer
    known_query_parameters = frozenset({"type", "theme", "key_stage", "fields", "limit", "offset"})
    meta_fields = [
        *("type", "detail_url", "html_url", "slug", "search_description"),
        *("first_published_at", "last_published_at"),
    ]
    detail_only_fields = []

    @classmethod
    def get_urlpatterns(cls):
        # Wagtail's `find` is left out: an address of the site leads to a page without it.
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "find"]

    @classmethod
    def get_detail_default_fields(cls, model):
        return cls.get_available_fields(model)

    def initial(self, request, *args, **kwargs):
        if not settings.LIBRARY_PUBLIC:
            raise Http404
        super().initial(request, *args, **kwargs)
        self.check_parameters()

    def finalize_response(self, *args, **kwargs):
        response = super().finalize_response(*args, **kwargs)
        # No answer depends on who asks, so a page of another site may read it too.
        response["Access-Control-Allow-Origin"] = "*"
        return response

    def check_parameters(self):
        """Whatever is not understood is said, on the list and on one page alike."""
        asked = self.request.GET
        unknown = sorted(set(asked) - self.known_query_parameters)
        if unknown:
            raise BadRequestError(f"There is no parameter called {', '.join(unknown)}")
        for name, longest in LONGEST.items():
            if len(asked.get(name, "")) > longest:
                raise BadRequestError(f"{name} is too long")
        known = {"type": KINDS, "key_stage": KeyStage.values}
        for name, values in known.items():
            if name in asked and asked[name] not in values:
                raise BadRequestError(f"{name} must be one of {', '.join(values)}")

    def check_query_parameters(self, queryset):
        """Asked before, in `check_parameters`: a field of ours is no filter by itself."""

    def get_base_queryset(self):
        """Live pages that nothing restricts, under the front page of the library."""
        site = Site.find_for_request(self.request)
        pages = Page.objects.live().public().type(*KINDS.values())
        return pages.descendant_of(site.root_page) if site else pages.none()

    def get_queryset(self):
        kind = KINDS.get(self.request.GET.get("type"))
        rows = self.get_base_queryset()
        if kind:
            rows = kind.objects.filter(pk__in=rows.values("pk")).for_json()
        return self.narrow(rows, kind).order_by("pk")

    def narrow(self, rows, kind):
        theme, key_stage = (self.request.GET.get(name) for name in ("theme", "key_stage"))
        if (theme or key_stage) and kind is not StrategyPage:
            raise BadRequestError("theme and key_stage go with type=resources.StrategyPage")
        if theme:
            rows = rows.filter(themes__slug=theme.replace("\0", ""))
        return rows.with_facet("key_stage", key_stage) if key_stage else rows
