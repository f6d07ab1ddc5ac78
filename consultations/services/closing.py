from accounts.services import save_tracked
from consultations.models import Share

REASONS = {
    Share.Closing.RECALLED: "Recalled",
    Share.Closing.WITHDRAWN: "Consent withdrawn",
    Share.Closing.REPLACED: "Replaced by a newer text",
}


def close_shares(shares, *, closing, by, at):
    """Close those that are not closed yet; from now on nobody they were for can read them. Returns them.

    To be called in a transaction that holds the lock on their case.
    """
    found = list(shares.filter(closed_at=None).select_for_update(of=("self",)).order_by("pk"))
    for share in found:
        share.closing, share.closed_at, share.closed_by = closing, at, by
        save_tracked(share, by=by, reason=REASONS[closing])
    return found
