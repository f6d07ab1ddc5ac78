"""The product's own addresses, and one page that is always the same: what a signed-in page costs before it
has anything to say."""

from functools import cache

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

PAGE = """{% extends "web/base.html" %}
{% block title %}Constant{% endblock %}
{% block content %}
  <h1 class="nhsuk-heading-l">Constant</h1>
  <p>This page says the same to everybody.</p>
{% endblock %}"""


@cache
def template():
    """Compiled once, as those of the product are."""
    return engines["django"].from_string(PAGE)


@login_required
def constant(request):
    return HttpResponse(template().render({}, request))


urlpatterns = [
    path("bench/constant/", constant),
    path("", include("config.urls")),
]
