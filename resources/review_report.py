"""Under Reports in the editing pages: which strategies a clinician has to read, and a button to begin."""

import datetime

from django.db.models import CharField, Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.views.reports import PageReportView
from wagtail.models import WorkflowState, get_default_page_content_type

from accounts.access import ButtonView
from resources import policies, services
from resources.models import StrategyPage

SOON = datetime.timedelta(days=60)


class ReviewReport(PageReportView):
    page_title = "Reviews of the library"
    header_icon = "calendar-check"
    index_url_name = "library_reviews"
    index_results_url_name = "library_reviews_results"
    results_template_name = "resources/review_report.html"
    any_permission_required = ["change", "unlock"]
    list_export = ["title", "reviewed_by", "reviewed_on", "review_due_on"]
    export_headings = {
        "title": "Title",
        "reviewed_by": "Reviewed by",
        "reviewed_on": "Reviewed on",
        "review_due_on": "Review due on",
    }

    def get_queryset(self):
        """Due first, the longest overdue at the top; then what nobody has reviewed yet."""
        return to_review(timezone.localdate())

    def get_context_data(self, **kwargs):
        """An editor opens any page; a reviewer those that wait, and reads the others as everybody does."""
        return super().get_context_data(
            today=timezone.localdate(), opens_all=self.user_has_permission("change"), **kwargs
        )


def to_review(today):
    """Published strategies that are due within 60 days or overdue, and those that were never reviewed."""
    wanted = Q(review_due_on__lte=today + SOON) | Q(reviewed_on=None) | Q(review_due_on=None)
    due = F("review_due_on").asc(nulls_last=True)
    # Wagtail keeps the number of the page as a text.
    reviews = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        base_content_type=get_default_page_content_type(),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    pages = StrategyPage.objects.live().filter(wanted).annotate(waits=Exists(reviews))
    return pages.order_by(due, "title", "pk")


class StartReview(ButtonView):
    """Sends a strategy to be reviewed as it stands."""

    policy = policies.can_start_review
    lookup = "pk"

    def get_visible(self):
        return StrategyPage.objects.visible_to(self.role)

    def press(self, page):
        services.start_review(page, by=self.request.user)
        return f"“{page.title}” waits for a clinician's review."

    def get_return_url(self):
        """A reviewer goes on to read it, an editor to the list they came from."""
        if policies.can_review(self.role, self.record) and self.record.workflow_in_progress:
            return reverse("wagtailadmin_pages:edit", args=[self.record.pk])
        return reverse("library_reviews")
