"""The product's own addresses, and one page that is always the same."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import include, path


@login_required
def constant(request):
    return render(request, "bench/constant.html")


urlpatterns = [
    path("bench/constant/", constant),
    path("", include("config.urls")),
]
