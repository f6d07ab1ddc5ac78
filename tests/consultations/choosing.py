"""C5, where strategies of the library are chosen: its address, its button, its cards."""

from uuid import UUID

from django.urls import reverse

from tests.filling import parsed

# About anger: C4 does not offer it for a case about worry.
NOT_OFFERED = "spot-it-early-and-step-out"


def c5(plan):
    return reverse("consultations:plan-strategies", args=[plan.reference])


def add(client, url, page):
    return client.post(url, {"add": page.pk})


def cards(page):
    return [heading.get_text(strip=True) for heading in parsed(page).select(".app-cards h3")]


def plan_key(number):
    return UUID(int=number)


def page_ticked(number, key):
    return {f"steps-{number}-strategy": [str(key)], f"steps-{number}-chosen": ["on"]}
