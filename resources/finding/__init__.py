"""Finding strategies by what people type and choose. docs/adr/0026-the-library.md says how and why."""

from .choices import count_choices
from .questions import count_facets, facets_among, read_cards, read_links
from .search import Found, find

__all__ = ["Found", "count_choices", "count_facets", "facets_among", "find", "read_cards", "read_links"]
