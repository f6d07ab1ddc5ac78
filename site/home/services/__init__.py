from .joining import give_role_at, take_up_invitation
from .leaving import LeavingChanged, clinicians_of, hand_over, preview_leaving
from .leaving_work import work_of

__all__ = [
    "LeavingChanged",
    "clinicians_of",
    "give_role_at",
    "hand_over",
    "preview_leaving",
    "take_up_invitation",
    "work_of",
]
