from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

NO_STEPS = "Add at least one step"


class StepsBlock(blocks.StreamBlock):
    """The numbered steps of a strategy. A draft may have none; a page that is published may not."""

    step = blocks.TextBlock(
        label="Step", max_length=400, rows=3, help_text="One thing an adult does. Begin with a verb."
    )

    def clean(self, value):
        # Asked before Wagtail asks, because its own words ("This field is required") do not say what to do.
        if not len(value) and not self.is_deferred_validation:
            raise StreamBlockValidationError(non_block_errors=ErrorList([ValidationError(NO_STEPS)]))
        return super().clean(value)
