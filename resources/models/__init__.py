from .strategy import LibraryPage, StrategyPage
from .theme import Theme

__all__ = ["LibraryPage", "StrategyPage", "Theme"]
