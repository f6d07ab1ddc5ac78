"""Django's own admin over the same tables, with simple-history: what an in-house developer would knock up.

The columns, filters and boxes somebody would choose who wants the work done this week: names from related
tables, `list_select_related` because they have read that far, search in everything that is asked about.
"""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from consultations.models import Case, Consultation, Plan


class ConsultationsOfCase(admin.StackedInline):
    model = Consultation
    extra = 0
    fields = ("reference", "held_at", "author", "minutes", "concern", "agreed")
    readonly_fields = ("reference",)
    raw_id_fields = ("author",)


class PlansOfCase(admin.StackedInline):
    model = Plan
    extra = 0
    fields = ("reference", "cycle", "started_by", "review_on", "ended_on", "ending")
    readonly_fields = ("reference",)
    raw_id_fields = ("started_by",)


class CaseAdmin(SimpleHistoryAdmin):
    list_display = ("reference", "first_name", "last_name", "partnership", "year_group", "stage", "opened_on")
    list_filter = ("stage", "lane", "year_group")
    list_select_related = ("partnership__school", "partnership__service")
    search_fields = (
        "reference", "first_name", "last_name", "group_name", "partnership__school__name",
        "consultations__concern",
    )  # fmt: skip
    raw_id_fields = ("partnership", "promoted_from", "moved_from")
    date_hierarchy = "opened_on"
    inlines = [ConsultationsOfCase, PlansOfCase]


class PlanAdmin(SimpleHistoryAdmin):
    list_display = (
        *("reference", "case", "partnership", "cycle", "started_by", "review_on", "ending"),
        *("status", "last_review"),
    )
    list_filter = ("ending",)
    list_select_related = ("case", "partnership__school", "partnership__service", "started_by")
    search_fields = (
        "reference",
        "case__reference",
        "case__first_name",
        "case__last_name",
        "versions__concern",
    )
    raw_id_fields = ("case", "partnership", "consultation", "started_by")

    # What our list of plans says of each as well. A method that asks is how the admin's own guide shows it.
    def status(self, plan):
        version = plan.versions.order_by("-number").first()
        return version.get_status_display() if version else "-"

    def last_review(self, plan):
        review = plan.reviews.order_by("-reviewed_at").first()
        return review.get_overall_display() if review else "-"


def site():
    plain = admin.AdminSite("plain")
    plain.register(Case, CaseAdmin)
    plain.register(Plan, PlanAdmin)
    return plain
