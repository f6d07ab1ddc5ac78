"""The demo: two invented services, seven invented schools and a year of their work around today.

Everything is written through the services, so the demo proves the rules and cannot rot. The same day,
seed and scale give the same people, words and dates; references are drawn at random as everywhere.
"""

from . import database, serving
from .build import PAST_VISITS, build_demo, demo_is_there
from .cast import PASSWORD, sign_ins

__all__ = ["PASSWORD", "PAST_VISITS", "build_demo", "database", "demo_is_there", "serving", "sign_ins"]
