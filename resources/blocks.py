from wagtail import blocks


class StepsBlock(blocks.StreamBlock):
    """The numbered steps of a strategy."""

    step = blocks.TextBlock(label="Step", max_length=400)
