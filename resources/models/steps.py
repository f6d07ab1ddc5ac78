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

    class Meta:
        # Wagtail's own words for an empty list do not say what to do, so ours are used below.
        required = False

    def clean(self, value):
        value = super().clean(value)
        if not len(value) and not self.is_deferred_validation:
            raise StreamBlockValidationError(non_block_errors=ErrorList([ValidationError(NO_STEPS)]))
        return value
