from .clinician_review import ClinicianReview, wrote_what_waits
from .codes import CodesField
from .evidence import Effort, Evidence, ShowsIn
from .key_stages import KeyStage
from .library import LibraryPage
from .settings import Setting
from .strategy import StrategyPage
from .theme import Theme
from .topic import TopicPage
from .who import Who

__all__ = [
    "ClinicianReview",
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
    "Who",
    "wrote_what_waits",
]
