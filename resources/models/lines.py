from wagtail import blocks


class LinesBlock(blocks.StreamBlock):
    """A list of short lines, each one thing to read."""

    line = blocks.TextBlock(label="Line", max_length=400, rows=2)
