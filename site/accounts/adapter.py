from allauth.account.adapter import DefaultAccountAdapter

from accounts.mailing_adapter import MailingAdapter


class InvitedOnlyAdapter(MailingAdapter):
    """Nobody makes an account for themselves: accounts are given."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right"
    }

    def is_open_for_signup(self, request):
        return False
