from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

NOT_YET = "Not yet reviewed by a clinician of this service"


class WrittenByReview(FieldPanel):
    """What an approved review writes; nobody types it."""

    def __init__(self, field_name, **kwargs):
        super().__init__(field_name, **kwargs | {"read_only": True})

    def format_value_for_display(self, value):
        if value:
            return super().format_value_for_display(value)
        return NOT_YET if self.field_name == "reviewed_by" else "–"


REVIEW_PANEL = MultiFieldPanel(
    [FieldRowPanel([WrittenByReview(name) for name in ("reviewed_by", "reviewed_on", "review_due_on")])],
    heading="Review by a clinician",
    help_text="Filled in when a clinician approves this page.",
)
