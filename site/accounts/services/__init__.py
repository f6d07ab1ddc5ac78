from .audit import log_event
from .deliveries import claim_delivery, record_error, record_sent
from .devices import note_device
from .emails import queue_email, queue_invitation
from .form_keys import digest_of, use_form_key, used_form_key
from .giving import (
    confirm_role,
    decline_role,
    give_role,
    mark_approver,
    note,
    set_account_open,
    still_acting,
    take_role,
)
from .invitations import (
    NoSuchInvitation,
    accept_invitation,
    account_of,
    find_invitation,
    invite,
    invite_again,
    revoke_invitation,
)
from .jobs import take_up_jobs
from .product import the_product
from .readings import log_reading, log_readings
from .roles import GROUPS, end_role, grant_role, keep_groups_in_step
from .sealed import seal, unseal
from .second_step import forget_second_step
from .sessions import end_sessions
from .tracking import delete_tracked, save_many_tracked, save_tracked, write_new, written_together

__all__ = [
    "GROUPS",
    "NoSuchInvitation",
    "accept_invitation",
    "account_of",
    "claim_delivery",
    "confirm_role",
    "decline_role",
    "delete_tracked",
    "digest_of",
    "end_role",
    "end_sessions",
    "find_invitation",
    "forget_second_step",
    "give_role",
    "grant_role",
    "invite",
    "invite_again",
    "keep_groups_in_step",
    "log_event",
    "log_reading",
    "log_readings",
    "mark_approver",
    "note",
    "note_device",
    "queue_email",
    "queue_invitation",
    "record_error",
    "record_sent",
    "revoke_invitation",
    "save_many_tracked",
    "save_tracked",
    "seal",
    "set_account_open",
    "still_acting",
    "take_role",
    "take_up_jobs",
    "the_product",
    "unseal",
    "use_form_key",
    "used_form_key",
    "write_new",
    "written_together",
]
