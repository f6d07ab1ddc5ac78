from .library import load_library
from .suggestions import suggest_strategies, why_it_fits

__all__ = ["load_library", "suggest_strategies", "why_it_fits"]
