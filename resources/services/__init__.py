from .library import load_library
from .proposals import PROPOSED, Proposal, propose_strategy
from .suggestions import suggest_strategies

__all__ = ["PROPOSED", "Proposal", "load_library", "propose_strategy", "suggest_strategies"]
