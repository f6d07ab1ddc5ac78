from allauth.account.adapter import DefaultAccountAdapter


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Nobody makes an account for themselves: accounts are given."""

    def is_open_for_signup(self, request):
        return False
