"""Nothing but the plain admin, and a page that says whether the server answers."""

from django.http import HttpResponse
from django.urls import include, path

from .plain_admin import site

urlpatterns = [
    path("account/login/", lambda request: HttpResponse("Sign in"), name="account_login"),
    path("plain/", site().urls),
    # The admin asks models for the addresses of their pages.
    path("", include("config.urls")),
]
