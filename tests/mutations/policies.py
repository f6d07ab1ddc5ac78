"""Policies: who may."""

from .mutation import Mutation

C = "consultations"


def policy(name, room, old, new):
    return Mutation(name, f"{room}/policies.py", old, new, ["tests/test_policies.py"])


def giving(name, old, new):
    """Who may give, confirm and end roles: asked where they are given."""
    return Mutation(name, "site/accounts/policies.py", old, new, GIVING)


GIVING = ["tests/accounts/test_giving_roles.py", "tests/accounts/test_second_step_lost.py"]
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
        "a lead reads notes in the texts for the trust's record",
        C,
        "return can_read_clinical_note(role, record)",
        "return role.kind in CLINICAL",
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
        "return may and page.live",
        "return may",
    ),
    policy(
        "everybody reads the library whatever the setting",
        "resources",
        "if role else settings.LIBRARY_PUBLIC",
        "if role else True",
    ),
    policy(
        "link staff read the overview",
        "site/home",
        "return role.kind in (Kind.COMMISSIONER, Kind.SERVICE_LEAD)",
        "return role.kind in (Kind.COMMISSIONER, Kind.SERVICE_LEAD, Kind.LINK_STAFF)",
    ),
    giving(
        "somebody gives themselves a role",
        "return person.pk != role.person_id and can_hold_out(role, kind, place)",
        "return can_hold_out(role, kind, place)",
    ),
    giving(
        "a role is given at a place that is not the giver's",
        "return kind in kinds_to_give(role) and is_own_place(role, kind, place)",
        "return kind in kinds_to_give(role)",
    ),
    giving(
        "a role that sees cases does not wait for the lead",
        "return role.kind == Kind.ADMINISTRATOR and kind in RoleRow.SEES_CASES",
        "return False",
    ),
    giving(
        "a lead confirms their own role",
        "role.kind == Kind.SERVICE_LEAD and row.person_id != role.person_id and row.kind",
        "role.kind == Kind.SERVICE_LEAD and row.kind",
    ),
    Mutation(
        "somebody makes themselves an approver",
        "site/accounts/policies.py",
        "row.kind == Kind.BUDGET_HOLDER and row.person_id != role.person_id",
        "row.kind == Kind.BUDGET_HOLDER",
        ["tests/accounts/test_approvers.py"],
    ),
    giving(
        "an administrator opens the account of somebody who sees cases",
        "return role.kind == Kind.SERVICE_LEAD and person.pk != role.person_id\n    return can_close",
        "return True\n    return can_close",
    ),
]
