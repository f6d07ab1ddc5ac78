from .key_stages import KeyStage
from .library import LibraryPage
from .strategy import StrategyPage
from .theme import Theme

__all__ = ["KeyStage", "LibraryPage", "StrategyPage", "Theme"]
