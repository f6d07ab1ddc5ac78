from django.http import Http404
from wagtail import hooks

from resources import views
from resources.models import LibraryPage, StrategyPage

# A kind of page that is not named here is not served to anybody.
VIEWS = {LibraryPage: views.Library, StrategyPage: views.Strategy}


@hooks.register("on_serve_page")
def serve_through_the_gate(next_in_chain):
    """Wagtail finds the page; our view asks the policy and shows it."""

    def serve(page, request, args, kwargs):
        view = VIEWS.get(type(page))
        if view is None:
            raise Http404
        return view.as_view(page=page)(request)

    return serve
