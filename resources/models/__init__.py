from .codes import CodesField
from .evidence import Effort, Evidence, ShowsIn
from .key_stages import KeyStage
from .library import LibraryPage
from .settings import Setting
from .strategy import StrategyPage
from .theme import Theme
from .topic import TopicPage
from .use import UseCount
from .who import Who

__all__ = [
    "CodesField",
    "Effort",
    "Evidence",
    "KeyStage",
    "LibraryPage",
    "Setting",
    "ShowsIn",
    "StrategyPage",
    "Theme",
    "TopicPage",
    "UseCount",
    "Who",
]
