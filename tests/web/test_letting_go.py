"""What a page was drawn from is gone once the page is, and does not wait for the garbage collector."""

import gc
from weakref import ref

import pytest
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.views import View

from accounts.access import PolicyMixin

pytestmark = pytest.mark.one_database


class Shown:
    """A row of a page."""


@pytest.fixture(autouse=True)
def without_the_collector():
    gc.disable()
    yield
    gc.enable()


def test_a_template_lets_go_of_what_it_drew():
    row = Shown()
    seen = ref(row)
    template = engines["django"].from_string("{% for row in rows %}row{% endfor %}")
    assert template.render({"rows": [row]}, RequestFactory().get("/")) == "row"
    del row
    assert seen() is None


class Page(PolicyMixin, View):
    @staticmethod
    def policy(role, record):
        return True

    def get(self, request):
        self.row = request.row
        return HttpResponse("row")


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_page_lets_go_of_what_it_read(method):
    request = getattr(RequestFactory(), method)("/")
    request.role, request.row = object(), Shown()
    seen = ref(request.row)
    assert Page.as_view()(request).status_code == 200
    del request
    assert seen() is None
