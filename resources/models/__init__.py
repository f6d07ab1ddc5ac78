from .clinician_review import ClinicianReview, wrote_what_waits
from .codes import CodesField
from .evidence import Effort, Evidence, ShowsIn
from .key_stages import KeyStage
from .library import LibraryPage
from .loaded import Loaded
from .settings import Setting
from .strategy import StrategyPage
from .synonym import Synonym
from .theme import Theme
from .topic import TopicPage
from .use import UseCount
from .who import Who
from .words import Word

__all__ = [
    "ClinicianReview",
    "CodesField",
    "Effort",
    "Evidence",
    "KeyStage",
    "LibraryPage",
    "Loaded",
    "Setting",
    "ShowsIn",
    "StrategyPage",
    "Synonym",
    "Theme",
    "TopicPage",
    "UseCount",
    "Who",
    "Word",
    "wrote_what_waits",
]
