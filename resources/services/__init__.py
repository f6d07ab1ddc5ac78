from .library import load_library
from .suggestions import suggest_strategies
from .use import locked_strategies, look, write_counts

__all__ = ["load_library", "locked_strategies", "look", "suggest_strategies", "write_counts"]
