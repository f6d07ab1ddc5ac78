"""Policies: who may."""

from .mutation import Mutation

C = "consultations"


def policy(name, room, old, new):
    return Mutation(name, f"{room}/policies.py", old, new, ["tests/test_policies.py"])


MUTATIONS = [
    policy(
        "a colleague runs somebody's visit",
        C,
        "return role.kind == Kind.CLINICIAN and visit.clinician_id == role.person_id",
        "return role.kind == Kind.CLINICIAN",
    ),
    policy(
        "link staff count as clinical",
        C,
        "CLINICAL = (Kind.CLINICIAN, Kind.SERVICE_LEAD)",
        "CLINICAL = (Kind.CLINICIAN, Kind.SERVICE_LEAD, Kind.LINK_STAFF)",
    ),
    policy(
        "anybody opens anybody's draft",
        C,
        "return draft.author_id == role.person_id",
        "return True",
    ),
    policy(
        "budget holders change the school's people",
        "schools",
        "return role.kind in (Kind.CLINICIAN, Kind.LINK_STAFF)",
        "return role.kind in (Kind.CLINICIAN, Kind.LINK_STAFF, Kind.BUDGET_HOLDER)",
    ),
    policy(
        "a draft of the library is read",
        "resources",
        "return bool(role) and role.kind in READERS and page.live",
        "return bool(role) and role.kind in READERS",
    ),
    policy(
        "link staff read the overview",
        "site/home",
        "return role.kind in (Kind.COMMISSIONER, Kind.SERVICE_LEAD)",
        "return role.kind in (Kind.COMMISSIONER, Kind.SERVICE_LEAD, Kind.LINK_STAFF)",
    ),
]
