"""The gate: roles in force, policies, sign-in."""

from .mutation import Mutation

TABLE = "tests/accounts/test_access_table.py"
ROLES, GATE = "tests/accounts/test_roles.py", "tests/accounts/test_gate.py"
MUTATIONS = [
    Mutation(
        "a role that waits is in force",
        "site/accounts/querysets.py",
        "begun = Q(start_on__lte=on, confirmed_at__isnull=False)",
        "begun = Q(start_on__lte=on)",
        [ROLES, "tests/canary/test_rows.py"],
    ),
    Mutation(
        "a role counts on its last day",
        "site/accounts/querysets.py",
        "Q(end_on__isnull=True) | Q(end_on__gt=on))",
        "Q(end_on__isnull=True) | Q(end_on__gte=on))",
        [ROLES],
    ),
    Mutation(
        "somebody closed still has roles",
        "site/accounts/querysets.py",
        " if person.is_active else self.none()",
        "",
        [ROLES],
    ),
    Mutation(
        "no policy is asked",
        "site/accounts/access.py",
        "        if not type(self).policy(self.role, self.record):\n            raise PermissionDenied\n",
        "",
        [TABLE],
    ),
    Mutation(
        "a page without a policy opens",
        "site/accounts/access.py",
        '            raise ImproperlyConfigured(f"{type(self).__name__} names no policy.")',
        "            pass",
        [GATE],
    ),
    Mutation(
        "every page is read from a replica, which may not know yet what was taken back",
        "site/accounts/access.py",
        "    lag_tolerated = False",
        "    lag_tolerated = True",
        ["tests/scale/test_behind.py"],
    ),
    Mutation(
        "who has just sent something reads what was there before it",
        "site/web/behind.py",
        " or COOKIE in request.COOKIES",
        "",
        ["tests/scale/test_behind.py"],
    ),
    Mutation(
        "pages may be kept by the browser",
        "site/web/middleware.py",
        '            response["Cache-Control"] = "no-store"\n',
        "            pass\n",
        ["tests/accounts/test_headers.py"],
    ),
    Mutation(
        "a password alone is enough",
        "site/accounts/second_factor.py",
        "or second_factor_shown(request):\n            return None",
        "or True:\n            return None",
        ["tests/accounts/test_second_factor.py"],
    ),
    Mutation(
        "the editing pages are open to all",
        "site/accounts/middleware.py",
        "            raise Http404\n",
        "            pass\n",
        [GATE],
    ),
    Mutation(
        "somebody signed out is let in",
        "site/config/settings/base.py",
        '    "accounts.middleware.SignInFirst",\n',
        "",
        [TABLE],
    ),
]
