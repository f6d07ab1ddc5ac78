"""What machines ask for: search engines, and other sites. Open to all; nothing of it is a page of ours."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter

from resources import outside
from resources.api import LibraryAPI

api = WagtailAPIRouter("library-api")
api.register_endpoint("pages", LibraryAPI)

urlpatterns = [
    path("robots.txt", login_not_required(outside.robots), name="robots"),
    path("sitemap.xml", login_not_required(outside.sitemap), name="sitemap"),
    path("api/v2/", api.urls),
]
