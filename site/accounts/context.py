from django.conf import settings
from django.urls import reverse

from accounts.models import RoleRow

Kind = RoleRow.Kind

# At most five, always in this order. Names of pages stand here as words,
# because the pages lie on floors above.
NAVIGATION = {
    Kind.CLINICIAN: [
        ("Today", "home:today"),
        ("Schools", "consultations:school-list"),
        ("Plans", "consultations:plan-list"),
    ],
    Kind.SERVICE_LEAD: [
        ("Overview", "home:overview"),
        ("Schools", "consultations:school-list"),
        ("Plans", "consultations:plan-list"),
    ],
    Kind.LINK_STAFF: [
        ("What needs doing", "home:needs-doing"),
        ("Plans", "consultations:plan-list"),
    ],
    Kind.PLAN_READER: [("Plans", "consultations:carrying-out-list")],
    Kind.COMMISSIONER: [("Overview", "home:overview")],
}


def role_and_navigation(request):
    """What the header and footer of every page show: who, in which role, and where they can go."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": [], "account": None}
    if getattr(request, "needs_second_factor", False):
        return {"navigation": [], "account": {"name": str(user), "signout_url": reverse("account_logout")}}
    role = getattr(request, "role", None)
    return {
        "navigation": _navigation(request, role),
        "account": _account(user, role),
        "where": where(role),
    }


def _navigation(request, role):
    if not role:
        return []
    pages = [(text, reverse(name)) for text, name in NAVIGATION.get(role.kind, [])]
    pages += school_pages(role)
    pages.append(("Library", reverse("wagtail_serve", args=[""])))
    if role.kind == Kind.EDITOR:
        pages.append(("Edit the library", reverse("wagtailadmin_home")))
    current = max((href for _, href in pages if request.path.startswith(href)), key=len, default=None)
    return [{"text": text, "href": href, "current": href == current} for text, href in pages]


def school_pages(role):
    """Link staff and budget holders work at one school: its visits and people are in their header."""
    if role.kind not in (Kind.LINK_STAFF, Kind.BUDGET_HOLDER):
        return []
    urn = [role.partnership.school.urn]
    return [
        ("Visits", reverse("schools:school-visits", args=urn)),
        ("People", reverse("schools:people", args=urn)),
    ]


def where(role):
    """What a page's title says after its own name when it is not about one record."""
    return role.place if role and (role.partnership_id or role.school_id) else "All schools"


def _account(user, role):
    return {
        "name": str(user),
        "role": str(role) if role else "",
        "switch_url": reverse("accounts:choose-role"),
        "ways_url": reverse("mfa_index"),
        "sessions_url": reverse("usersessions_list"),
        "signout_url": reverse("account_logout"),
    }


def how_signed_in(request):
    """Whether a password alone opens this product, and how long somebody may sit still in it."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "second_factor_off": not settings.SECOND_FACTOR_REQUIRED,
        "idle": _idle() if signed_in else None,
    }


def _idle():
    return {
        "limit": settings.IDLE_LIMIT,
        "warning": settings.IDLE_WARNING,
        "minutes": max(1, round((settings.IDLE_LIMIT - settings.IDLE_WARNING) / 60)),
        "stay_url": reverse("account_stay"),
        "sign_in_url": reverse("account_login"),
    }
