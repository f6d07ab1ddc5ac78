from .audit import AuditEvent
from .delivery import Delivery
from .device import Device
from .encrypted import EncryptedJson, EncryptedText, cipher
from .form_key import UsedFormKey
from .frozen import Frozen
from .invitation import Invitation
from .reading import Reading
from .reference import Referenced, give_references, new_reference
from .role import RoleRow
from .tracked import StaleVersion, TrackedModel
from .user import User
from .visit_said import VisitSaid
from .written_once import WrittenOnce

__all__ = [
    "AuditEvent",
    "Delivery",
    "Device",
    "EncryptedJson",
    "EncryptedText",
    "Frozen",
    "Invitation",
    "Reading",
    "Referenced",
    "RoleRow",
    "StaleVersion",
    "TrackedModel",
    "UsedFormKey",
    "User",
    "VisitSaid",
    "WrittenOnce",
    "cipher",
    "give_references",
    "new_reference",
]
