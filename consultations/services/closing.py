from accounts.services import save_tracked
from consultations.models import Share
from web.words import counted

REASONS = {
    Share.Closing.RECALLED: "Recalled",
    Share.Closing.WITHDRAWN: "Consent withdrawn",
    Share.Closing.REPLACED: "Replaced by a newer text",
}


def shares_in_words(shares):
    """ "the plan P-2M9Q-4TR and 1 text"; "" for none. A plan's versions and audiences are one plan."""
    shares = list(shares)
    plans = sorted({share.plan.reference for share in shares if share.plan_id})
    texts = len({share.consultation_id for share in shares if share.consultation_id})
    parts = [f"the plan{'s' if len(plans) > 1 else ''} {' and '.join(plans)}"] if plans else []
    parts += [counted(texts, "text")] if texts else []
    return " and ".join(parts)


def closed_in_words(shares):
    """What was closed, as a sentence."""
    words = shares_in_words(shares)
    several = " and " in words or words.endswith("texts")
    return f"{words[:1].upper()}{words[1:]} {'were' if several else 'was'} closed to the school."


def close_shares(shares, *, closing, by, at):
    """Close those that are not closed yet; from now on nobody they were for can read them. Returns them.

    To be called in a transaction that holds the lock on their case.
    """
    found = list(shares.filter(closed_at=None).select_for_update(of=("self",)).order_by("pk"))
    for share in found:
        share.closing, share.closed_at, share.closed_by = closing, at, by
        save_tracked(share, by=by, reason=REASONS[closing])
    return found
