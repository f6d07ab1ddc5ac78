from .joining import give_role_at, take_up_invitation
from .leaving import Unfinished, hand_over, unfinished_of

__all__ = [
    "Unfinished",
    "give_role_at",
    "hand_over",
    "take_up_invitation",
    "unfinished_of",
]
