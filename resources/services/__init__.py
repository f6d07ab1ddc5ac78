from .library import load_library
from .suggestions import suggest_strategies

__all__ = ["load_library", "suggest_strategies"]
