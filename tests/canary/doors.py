"""Every door of ours: each URL name with each object of the right kind, as pages, buttons and lists.

A new URL name is tried by itself. One whose argument is not known here fails the test.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise, product
from urllib.parse import urlencode
from uuid import uuid4

from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from accounts import models as accounts
from consultations import models
from resources.models import StrategyPage
from schools.models import (
    Adjustment,
    Agreement,
    CalendarFeed,
    CalendarPeriod,
    EntryQuery,
    Invoice,
    Order,
    School,
    SchoolPerson,
    Statement,
    TimeEntry,
    Visit,
    VisitPattern,
)

APPS = ("home", "accounts", "schools", "consultations")
ROOTS = (
    *("/library/", "/sitemap.xml", "/api/v2/pages/", "/documents/1/x.pdf"),
    *("/cms/", "/cms/pages/", "/cms/reports/site-history/", "/account/"),
    *("/cms/reports/reviews/", "/cms/reports/use/", "/cms/account/"),
)
BY_REFERENCE = {
    "visits": Visit,
    "consultations": models.Consultation,
    "cases": models.Case,
    "plans": models.Plan,
    "carrying-out": models.Plan,
    "shared": models.Share,
    "papers": models.Case,
    "agreements": Agreement,
    "requests": models.DiscussionRequest,
}
BY_KEY = {
    "people": SchoolPerson,
    "users": accounts.User,
    "roles": accounts.RoleRow,
    "invitations": accounts.Invitation,
    "passed-on": models.SafeguardingMatter,
    "add-strategy": StrategyPage,
    "referrals": models.Referral,
    "steps": models.Step,
    "adjustments": Adjustment,
    "lines": TimeEntry,
    "queries": EntryQuery,
    "days": CalendarPeriod,
    "pattern": VisitPattern,
}
BY_NUMBER = {"papers": (models.Paper, "case"), "versions": (models.PlanVersion, "plan")}
BY_OWN_NUMBER = {"orders": Order, "statements": Statement, "invoices": Invoice, "credit-notes": Invoice}
MONEY = {
    *("agreements", "orders", "statements", "invoices", "credit-notes", "adjustments"),
    *("time", "capacity", "money", "money-settings"),
}
GUESSED = {
    "reference": "P-2222-222",
    "key": uuid4(),
    "token": "a-token-nobody-was-sent",
    "pk": 999_999_999,
    "number": 999_999,
}


@dataclass(frozen=True)
class Door:
    """An address and how it is tried. `typed` are words that the probe itself sends, and may get back.

    `reasoned` says that it gives a reason.
    """

    name: str
    url: str
    method: str = "get"
    data: dict = field(default_factory=dict, hash=False, compare=False)
    typed: frozenset = frozenset()
    fetch: bool = False
    reasoned: bool = False

    @property
    def is_of_money(self):
        return self.url.split("/")[1] in MONEY or self.name in ("schools:school-time", "schools:visit-book")


def patterns():
    """(URL name, pattern) of every page of ours, walked from the root."""
    for space in get_resolver().url_patterns:
        if getattr(space, "app_name", None) in APPS:
            for page in space.url_patterns:
                assert isinstance(page, URLPattern), "nested includes would escape this test"
                yield f"{space.app_name}:{page.name}", page


def values_for(page, argument):
    """Every value an argument can have in this world, and one that nobody has."""
    if argument == "urn":
        return list(School.objects.values_list("urn", flat=True))
    record = record_of(page, argument)
    match argument:
        case "reference":
            found = BY_REFERENCE[record]._base_manager.order_by("pk").values_list("reference", flat=True)
        case "pk":
            found = BY_KEY[record]._base_manager.order_by("pk").values_list("pk", flat=True)
        case "number":
            found = sorted(set(BY_OWN_NUMBER[record]._base_manager.values_list("number", flat=True)))
        case "key":
            found = models.Draft.objects.values_list("key", flat=True)
        case "token":
            found = [feed.token for feed in CalendarFeed.objects.order_by("pk")] if record == "feed" else []
    return [*found, GUESSED[argument]]


def consents_with_their_case():
    """Each consent under its own case, and every tenth under another case."""
    pairs = list(models.Consent.objects.order_by("pk").values_list("case__reference", "pk"))
    return pairs + [(pairs[-number][0], pk) for number, (_, pk) in enumerate(pairs) if number % 10 == 9]


def numbers_with_their_record(page):
    """Each number under its own case or plan, one that nobody has, and every third under another's."""
    model, owner = BY_NUMBER[record_of(page, "number")]
    pairs = list(model.objects.order_by("pk").values_list(f"{owner}__reference", "number"))
    others = [(pairs[-number][0], own) for number, (_, own) in enumerate(pairs) if number % 3 == 2]
    return [*pairs, *others, (pairs[0][0], 999_999)]


def record_of(page, argument):
    """What the address says an argument is of: the last plain word before it."""
    path = re.sub(r"<\w+:(\w+)>(\.\w+)?", r"<\1>", str(page.pattern)).split("/")
    return [part for part in path[: path.index(f"<{argument}>")] if "<" not in part][-1]


def addresses():
    """(URL name, address) for every name with every object."""
    for name, page in patterns():
        for address in addresses_of(name, page):
            yield name, address


def addresses_of(name, page):
    arguments = list(page.pattern.converters)
    if arguments == ["reference", "consent"]:
        rows = consents_with_their_case()
    elif arguments == ["reference", "number"]:
        rows = numbers_with_their_record(page)
    else:
        rows = product(*(values_for(page, argument) for argument in arguments))
    for row in rows:
        yield reverse(name, kwargs=dict(zip(arguments, row, strict=True)))


def doors():
    """All of them, the roots of what is not ours included: read, and pressed with nothing in the form."""
    found = [*addresses(), *(("library:" if url == "/library/" else "other:", url) for url in ROOTS)]
    return [Door(name, url, method) for name, url in found for method in ("get", "post")]


def searches(markers, words):
    """Lists searched and narrowed by words of the records, and by references."""
    for name, page in patterns():
        if set(page.pattern.converters) <= {"urn"}:
            for marker in markers:
                kwargs = {"urn": 990001} if page.pattern.converters else {}
                asked = dict.fromkeys(("q", "search", "name", "who", "goal", "status", "theme"), marker)
                yield Door(
                    f"{name}?",
                    reverse(name, kwargs=kwargs),
                    "get",
                    asked,
                    typed=frozenset(words.found_in(marker)),
                )


def half_bought():
    """Each page of buying from each agreement there is, with what the pages before it hand on."""
    for reference in [*Agreement.objects.order_by("pk").values_list("reference", flat=True), "A-2222-222"]:
        for name, method in product(("buy", "buy-when", "buy-order-number", "buy-check"), ("get", "post")):
            chosen = {"agreement": reference, "quantity": "2", "change": "1"}
            url = f"{reverse(f'schools:{name}')}?{urlencode(chosen)}"
            yield Door(f"schools:{name}", url, method)


def accounts():
    """Everything that was ever invoiced, as a file."""
    today = timezone.localdate()
    days = {"first_on": today - timedelta(days=600), "last_on": today}
    dates = {f"{name}_{part}": getattr(day, part) for name, day in days.items()
             for part in ("day", "month", "year")}  # fmt: skip
    yield Door("schools:accounts-export", reverse("schools:accounts-export"), "post", dates)


def forged_drafts():
    """Drafts by their key, opened on their page, and written over by somebody else's typing."""
    for draft in models.Draft.objects.order_by("pk"):
        yield Door("draft", draft.path, "get", {"draft": str(draft.key)})
        yield Door("draft", f"{draft.path}?autosave=1", "post", {"form_key": str(draft.key)}, fetch=True)


def compared_versions():
    """Each plan's versions side by side, each with the one before and with the first."""
    for plan in models.Plan.objects.order_by("pk"):
        numbers = list(plan.versions.order_by("number").values_list("number", flat=True))
        url = f"/plans/{plan.reference}/compare/"
        for before, after in sorted({*pairwise(numbers), (numbers[0], numbers[-1])}):
            yield Door("consultations:plan-compare", url, "get", {"from": before, "to": after})


def notes_with_a_reason():
    """The clinical notes, for whoever says why."""
    for talk in models.Consultation.objects.order_by("pk"):
        url = f"/consultations/{talk.reference}/clinical-note/"
        yield Door("consultations:clinical-note", url, "post", {"reason": "A complaint."}, reasoned=True)


def handovers_with_a_reason():
    """The notes to the clinicians of a child's next school, for whoever says why."""
    for case in models.Case.objects.filter(handover__isnull=False).order_by("pk"):
        url = f"/cases/{case.reference}/handover/"
        yield Door("consultations:case-handover", url, "post", {"reason": "A complaint."}, reasoned=True)
