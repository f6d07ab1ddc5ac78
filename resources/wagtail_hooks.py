from django.conf import settings
from django.http import Http404
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from resources import reports, views
from resources.models import LibraryPage, StrategyPage, TopicPage
from resources.proposed_panel import ProposedPanel
from resources.review_menu import add_review_buttons
from resources.review_report import ReviewReport, StartReview
from resources.services import PROPOSED
from resources.synonym_pages import SynonymPages

# A kind of page that is not named here is not served to anybody.
VIEWS = {LibraryPage: views.Library, StrategyPage: views.Strategy, TopicPage: views.Topic}

register_snippet(SynonymPages)


@hooks.register("on_serve_page", order=-1)
def serve_through_the_gate(next_in_chain):
    """Wagtail finds the page; our view asks the policy and shows it. Before Wagtail's own check, which would
    ask for a password: a page that an editor keeps to some people is not there for who is not signed in."""

    def serve(page, request, args, kwargs):
        view = VIEWS.get(type(page))
        if view is None or not request.user.is_authenticated and page.get_view_restrictions():
            raise Http404
        return view.as_view(page=page)(request)

    return serve


@hooks.register("register_log_actions")
def name_what_is_proposed(actions):
    actions.register_action(PROPOSED, "Propose", "Proposed by a clinician")


@hooks.register("construct_homepage_panels")
def show_what_is_proposed(request, panels):
    # A proposal nobody has read yet, and whose it is, are for those who edit it.
    if reports.is_editor(request.user):
        panels.append(ProposedPanel())


@hooks.register("insert_global_admin_js")
def open_date_choosers():
    return format_html('<script src="{}" defer></script>', static("resources/choosers.js"))


@hooks.register("insert_global_admin_css")
def say_that_a_password_is_enough():
    """The banner of our pages, where one is due."""
    if settings.SECOND_FACTOR_REQUIRED:
        return ""
    return format_html('<link rel="stylesheet" href="{}">', static("resources/password-is-enough.css"))


@hooks.register("register_admin_urls")
def report_of_use():
    return [
        path("reports/use/", reports.UseReport.as_view(), name="use_report"),
        path("reports/use/results/", reports.UseReport.as_view(results_only=True), name="use_report_results"),
    ]


@hooks.register("construct_page_action_menu")
def put_the_buttons_of_a_review_first(menu_items, request, context):
    add_review_buttons(menu_items, request, context)


@hooks.register("register_admin_urls")
def review_addresses():
    return [
        path("reports/reviews/", ReviewReport.as_view(), name="library_reviews"),
        path(
            "reports/reviews/results/",
            ReviewReport.as_view(results_only=True),
            name="library_reviews_results",
        ),
        path("reviews/<int:pk>/start/", StartReview.as_view(), name="library_start_review"),
    ]


@hooks.register("register_reports_menu_item")
def link_to_report_of_use():
    return reports.UseMenuItem("What has worked", reverse("use_report"), icon_name="list-ul", order=10)


@hooks.register("register_reports_menu_item")
def list_the_reviews():
    return MenuItem(
        ReviewReport.page_title, reverse("library_reviews"), icon_name=ReviewReport.header_icon, order=100
    )
