from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

handler500 = "web.errors.server_error"
urlpatterns = [
    path("", include("home.urls")),
    path("", include("accounts.urls")),
    path("", include("schools.urls")),
    path("", include("consultations.urls")),
    path("account/", include("accounts.sign_in_urls")),
    # Wagtail's own two sign-in pages would let somebody in past ours.
    path("cms/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("library/_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    # Wagtail's own page would change a name without its history, and take a picture without our rules.
    path("cms/account/", RedirectView.as_view(pattern_name="accounts:choose-role")),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("resources.public_urls")),
    path("library/", include(wagtail_urls)),
]
