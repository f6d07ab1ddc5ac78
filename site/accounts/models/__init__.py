from .audit import AuditEvent
from .delivery import Delivery
from .delivery_visit import DeliveryVisit
from .device import Device
from .encrypted import EncryptedJson, EncryptedText, cipher
from .form_key import UsedFormKey
from .frozen import Frozen
from .invitation import Invitation
from .reading import Reading
from .reference import Referenced, new_reference
from .role import RoleRow
from .tracked import StaleVersion, TrackedModel
from .user import User
from .written_once import WrittenOnce

__all__ = [
    "AuditEvent",
    "Delivery",
    "DeliveryVisit",
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
    "WrittenOnce",
    "cipher",
    "new_reference",
]
