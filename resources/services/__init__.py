from .library import load_library
from .proposals import PROPOSED, Proposal, propose_strategy
from .reviews import publish_reviewed, start_review
from .suggestions import suggest_strategies, why_it_fits
from .use import locked_strategies, look, write_counts

__all__ = [
    "PROPOSED",
    "Proposal",
    "load_library",
    "locked_strategies",
    "look",
    "propose_strategy",
    "publish_reviewed",
    "start_review",
    "suggest_strategies",
    "why_it_fits",
    "write_counts",
]
