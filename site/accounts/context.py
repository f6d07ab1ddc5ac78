from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse

from accounts.access import usable_roles
from accounts.models import RoleRow

Kind = RoleRow.Kind

# At most five, always in this order. The name of the product leads link staff to what needs doing.
# Names of pages stand here as words, because the pages lie on floors above.
NAVIGATION = {
    Kind.CLINICIAN: [
        ("Today", "home:today"),
        ("Schools", "consultations:school-list"),
        ("Plans", "consultations:plan-list"),
    ],
    Kind.SERVICE_LEAD: [
        ("Overview", "home:overview"),
        ("Schools", "consultations:school-list"),
        ("Users", "accounts:users"),
        ("Checks", "consultations:checks"),
        ("Time and money", "home:money"),
    ],
    Kind.SAFEGUARDING_LEAD: [("Passed on", "consultations:passed-on")],
    Kind.LINK_STAFF: [("Plans", "consultations:plan-list")],
    Kind.BUDGET_HOLDER: [("Time", "schools:time"), ("Orders", "schools:orders")],
    Kind.PLAN_READER: [("Plans", "consultations:carrying-out-list")],
    Kind.COMMISSIONER: [("Overview", "home:overview")],
    Kind.ADMINISTRATOR: [
        ("Users", "accounts:users"),
        ("Calendar", "schools:calendar"),
        ("Audit", "accounts:audit"),
    ],
}


# Pages of time and money that have no place of their own in the header: they belong to the page of time.
TIME_PAGES = ("Time", "Time and money")
UNDER_TIME = (
    *("/agreements/", "/statements/", "/invoices/", "/credit-notes/", "/orders/", "/time/"),
    *("/capacity/", "/money-settings/", "/adjustments/"),
)


def address(name, *args):
    """Of a page: looked up once in a process, for each prefix that a proxy says we are served under."""
    return _address(get_script_prefix(), name, args)


@lru_cache(maxsize=5000)
def _address(prefix, name, args):
    return reverse(name, args=args)


def role_and_navigation(request):
    """What the header and footer of every page show: who, in which role, and where they can go."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": [], "account": None}
    if getattr(request, "needs_second_factor", False):
        return {"navigation": [], "account": {"name": str(user), "signout_url": address("account_logout")}}
    role = getattr(request, "role", None)
    navigation = _navigation(request, role)
    return {
        "navigation": navigation,
        "time_page": next((item for item in navigation if item["text"] in TIME_PAGES), None),
        "account": _account(request, user, role),
        "where": where(role),
    }


def _navigation(request, role):
    if not role:
        return []
    pages = [(text, address(name)) for text, name in NAVIGATION.get(role.kind, [])]
    pages += school_pages(role)
    if role.kind != Kind.SERVICE_LEAD:
        # A lead's five are theirs alone: their list of schools leads to the library.
        pages.append(("Library", address("wagtail_serve", "")))
    if role.kind == Kind.EDITOR:
        pages.append(("Edit the library", address("wagtailadmin_home")))
    current = max((href for _, href in pages if request.path.startswith(href)), key=len, default=None)
    if current is None and request.path.startswith(UNDER_TIME):
        current = next((href for text, href in pages if text in TIME_PAGES), None)
    return [{"text": text, "href": href, "current": href == current} for text, href in pages]


def school_pages(role):
    """Link staff and budget holders work at one school: its visits and people are in their header. The
    safeguarding lead has its people."""
    if role.kind == Kind.SAFEGUARDING_LEAD:
        return [("People", address("schools:people", role.school.urn))]
    if role.kind not in (Kind.LINK_STAFF, Kind.BUDGET_HOLDER):
        return []
    urn = role.partnership.school.urn
    visits = ("Visits", address("schools:school-visits", urn))
    people = ("People", address("schools:people", urn))
    if role.kind == Kind.LINK_STAFF:
        return [visits, ("Time", address("schools:time")), people]
    return [visits, people]


def where(role):
    """What a page's title says after its own name when it is not about one record.

    A role for a service works at all its schools; the service is named because somebody may work for two.
    """
    if not role:
        return ""
    return f"All schools, {role.place}" if role.service_id else role.place


def _account(request, user, role):
    several = len(usable_roles(request)) > 1
    return {
        "name": str(user),
        "role": str(role) if role else "",
        "ways_url": address("mfa_index"),
        "sessions_url": address("usersessions_list"),
        "switch_url": address("accounts:choose-role") if several else "",
        "signout_url": address("account_logout"),
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
        "stay_url": address("account_stay"),
        "sign_in_url": address("account_login"),
    }
