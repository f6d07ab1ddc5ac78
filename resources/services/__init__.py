from .library import load_library
from .reviews import publish_reviewed, start_review
from .suggestions import suggest_strategies

__all__ = ["load_library", "publish_reviewed", "start_review", "suggest_strategies"]
