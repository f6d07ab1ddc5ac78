"""The three works of the product that a plain admin has too, and which of ours each is held against."""

from .works import COMMON_WORD, Work, busiest_case, page

BASE = "/plain/consultations"


def case_page(world, browser):
    return page(f"{BASE}/case/{busiest_case(world).pk}/change/")(world, browser)


def case_history(world, browser):
    return page(f"{BASE}/case/{busiest_case(world).pk}/history/")(world, browser)


WORKS = [
    Work("admin: plan list", "admin", page(f"{BASE}/plan/")),
    Work("admin: case list", "admin", page(f"{BASE}/case/")),
    Work("admin: search cases", "admin", page(f"{BASE}/case/?q={COMMON_WORD}")),
    Work("admin: case", "admin", case_page),
    Work("admin: history of the case", "admin", case_history),
]
# Our work: what somebody opens in the admin to know the same.
HELD_AGAINST = {
    "plan list": ["admin: plan list"],
    "search cases": ["admin: search cases"],
    "case timeline": ["admin: case", "admin: history of the case"],
}
