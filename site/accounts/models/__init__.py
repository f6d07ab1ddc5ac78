from .form_key import UsedFormKey
from .reading import Reading
from .reference import Referenced, new_reference
from .role import RoleRow
from .tracked import StaleVersion, TrackedModel
from .user import User

__all__ = [
    "Reading",
    "Referenced",
    "RoleRow",
    "StaleVersion",
    "TrackedModel",
    "UsedFormKey",
    "User",
    "new_reference",
]
