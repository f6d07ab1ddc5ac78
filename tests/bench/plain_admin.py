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
    inlines = [ConsultationsOfCase]


class PlanAdmin(SimpleHistoryAdmin):
    list_display = ("reference", "case", "partnership", "cycle", "started_by", "review_on", "ending")
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


def site():
    plain = admin.AdminSite("plain")
    plain.register(Case, CaseAdmin)
    plain.register(Plan, PlanAdmin)
    return plain
