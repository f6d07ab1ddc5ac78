"""Finding strategies by what people type and choose. docs/adr/0026-the-library.md says how and why."""

from .choices import count_choices
from .search import Found, find

__all__ = ["Found", "count_choices", "find"]
