"""Every policy asked by every kind of role: one mark for each yes. An unknown kind of role gets none.

The record is one that is the asker's own where that matters; what is not theirs is asked below.
"""

from importlib import import_module
from inspect import getmembers, isfunction, signature
from types import SimpleNamespace

import pytest

from accounts.models import RoleRow

ROOMS = ["accounts", "consultations", "home", "resources", "schools"]
KINDS = ["clinician", "service_lead", "link_staff", "plan_reader", "safeguarding_lead", "budget_holder"]
KINDS += ["commissioner", "editor", "administrator"]

TABLE = """
                                          cli lea lin rea dsl bud com edi ada
accounts.anyone_with_a_role                x   x   x   x   x   x   x   x   x
accounts.can_keep_users                    -   x   -   -   -   -   -   -   x
accounts.can_read_audit                    -   x   -   -   -   -   -   -   x
consultations.can_read_consent             x   x   -   -   -   -   -   -   -
consultations.can_record_consent           x   -   -   -   -   -   -   -   -
consultations.can_list_running_out         x   -   -   -   -   -   -   -   -
consultations.can_change_school            x   -   -   -   -   -   -   -   -
consultations.can_record_name              x   -   -   -   -   -   -   -   -
consultations.can_ask_for_clinical_note    -   x   -   -   -   -   -   -   -
consultations.can_see_who_looked           x   x   x   -   -   -   -   -   -
consultations.can_check_the_service        -   x   -   -   -   -   -   -   -
consultations.is_safeguarding_lead         -   -   -   -   x   -   -   -   -
consultations.can_log_on_visit             x   -   -   -   -   -   -   -   -
consultations.can_list_schools             x   x   -   -   -   -   -   -   -
consultations.can_read_school              x   x   -   -   -   -   -   -   -
consultations.can_read_visit               x   x   -   -   -   -   -   -   -
consultations.can_run_visit                x   -   -   -   -   -   -   -   -
consultations.can_read_consultation        x   x   -   -   -   -   -   -   -
consultations.can_change_consultation      x   -   -   -   -   -   -   -   -
consultations.can_read_clinical_note       x   -   -   -   -   -   -   -   -
consultations.can_copy_to_record           x   -   -   -   -   -   -   -   -
consultations.can_share                    x   -   -   -   -   -   -   -   -
consultations.can_read_share               x   x   x   -   -   -   -   -   -
consultations.can_hand_over                x   -   x   -   -   -   -   -   -
consultations.can_read_case                x   x   x   -   -   -   -   -   -
consultations.can_search_cases             x   x   x   -   -   -   -   -   -
consultations.can_list_plans               x   x   x   -   -   -   -   -   -
consultations.can_read_plan                x   x   x   -   -   -   -   -   -
consultations.can_make_paper               x   -   x   -   -   -   -   -   -
consultations.can_read_paper               x   x   x   -   -   -   -   -   -
consultations.can_add_request              -   -   x   -   -   -   -   -   -
consultations.can_write_plan               x   -   -   -   -   -   -   -   -
consultations.can_propose_strategy         x   x   -   -   -   -   -   -   -
consultations.can_agree_plan               x   -   x   -   -   -   -   -   -
consultations.can_take_back                x   -   x   -   -   -   -   -   -
consultations.can_change_as_school         -   -   x   -   -   -   -   -   -
consultations.can_review_plan              x   -   x   -   -   -   -   -   -
consultations.can_give_plan                x   -   x   -   -   -   -   -   -
consultations.can_record_meeting           x   -   x   -   -   -   -   -   -
consultations.can_move_case                x   -   -   -   -   -   -   -   -
consultations.can_refer                    x   -   -   -   -   -   -   -   -
consultations.can_carry_out                -   -   -   x   -   -   -   -   -
consultations.can_check_in                 -   -   -   x   -   -   -   -   -
consultations.can_list_requests            -   -   x   -   -   -   -   -   -
consultations.can_ask_to_discuss           -   -   x   -   -   -   -   -   -
consultations.can_close_as_phoned          x   -   -   -   -   -   -   -   -
consultations.owns_draft                   x   x   x   x   x   x   x   x   x
home.is_clinician                          x   -   -   -   -   -   -   -   -
home.is_link_staff                         -   -   x   -   -   -   -   -   -
home.can_decide_visits                     -   x   -   -   -   -   -   -   -
home.can_read_money                        -   x   -   -   -   -   -   -   -
home.can_read_outcome                      -   x   x   -   -   x   -   -   -
home.can_read_overview                     -   x   -   -   -   -   x   -   -
resources.can_read_library                 x   x   x   x   x   x   x   x   x
resources.can_review                       x   x   -   -   -   -   -   -   -
resources.can_start_review                 x   x   -   -   -   -   -   x   -
schools.can_book_visit                     x   x   -   -   -   -   -   -   -
schools.can_keep_patterns                  x   x   -   -   -   -   -   -   -
schools.can_call_off                       x   x   x   -   -   -   -   -   -
schools.can_move                           x   x   -   -   -   -   -   -   -
schools.can_waive                          x   x   -   -   -   -   -   -   -
schools.can_read_visits                    x   x   x   -   -   x   -   -   -
schools.can_read_own_time                  -   -   x   -   -   x   -   -   -
schools.can_read_school_time               x   x   -   -   -   -   -   -   -
schools.can_read_people                    x   x   x   -   x   x   -   -   -
schools.can_change_people                  x   -   x   -   -   -   -   -   -
schools.can_read_money_papers              -   x   -   -   -   x   -   -   -
schools.can_issue_money_papers             -   x   -   -   -   -   -   -   -
schools.can_order                          -   -   x   -   -   x   -   -   -
schools.can_buy                            -   -   -   -   -   x   -   -   -
schools.can_read_orders                    -   x   x   -   -   x   -   -   -
schools.can_approve_order                  -   -   -   -   -   x   -   -   -
schools.can_decline_order                  -   -   -   -   -   x   -   -   -
schools.can_cancel_order                   -   -   x   -   -   x   -   -   -
schools.can_accept_offer                   -   -   -   -   -   x   -   -   -
schools.can_agree_orders                   -   x   -   -   -   -   -   -   -
schools.can_keep_capacity                  -   x   -   -   -   -   -   -   -
schools.can_read_calendar                  x   x   x   -   -   -   -   -   x
schools.can_read_coverage                  -   x   -   -   -   -   -   -   -
schools.can_keep_calendar                  -   x   -   -   -   -   -   -   x
schools.can_read_entry_queries             -   x   x   -   -   x   -   -   -
schools.can_ask_about_entry                -   -   x   -   -   x   -   -   -
schools.can_answer_entry_queries           -   x   -   -   -   -   -   -   -
schools.can_read_agreements                x   x   x   -   -   x   -   -   -
schools.can_keep_agreements                -   x   -   -   -   -   -   -   -
"""
# Those that read the database, or a row of a role, have a test of their own beside them.
ASKED_ELSEWHERE = {
    *("accounts.can_answer_for", "accounts.can_close_account", "accounts.can_confirm", "accounts.can_end"),
    *("accounts.can_invite_here", "accounts.decides_about", "accounts.ends", "accounts.waits_for_the_lead"),
    *("accounts.can_hand_over", "accounts.can_open_account", "accounts.can_forget_second_step"),
    *("accounts.needs_the_lead", "accounts.confirms_by_sending", "accounts.is_of_another_service"),
    *("accounts.can_mark_approver", "accounts.marks_approver"),
    *("home.can_give_to", "home.can_hand_over"),
    *("schools.can_read_prices", "schools.can_sign_agreement", "schools.can_decide_adjustment"),
    "schools.holds_its_budget",
}
EXPECTED = {row.split()[0]: row.split()[1:] for row in TABLE.splitlines()[2:]}


def policies():
    """Every function of (role, record) that a page can name, by room."""
    for room in ROOMS:
        module = import_module(f"{room}.policies")
        for name, function in getmembers(module, isfunction):
            own = function.__module__ == module.__name__ and f"{room}.{name}" not in ASKED_ELSEWHERE
            if own and len(signature(function).parameters) == 2:
                yield f"{room}.{name}", function


def role_of(kind):
    return RoleRow(kind=kind, person_id=1, service_id=2, partnership_id=3)


OF_CASE = SimpleNamespace(has_parents=True)
ASKED_FOR = {"state": "asked", "asked_by_id": 1, "ordered_by_id": None}
OWN = SimpleNamespace(
    **{"clinician_id": 1, "author_id": 1, "person_id": 1, "live": True, "sent_from_school": None},
    **{"case": OF_CASE, **ASKED_FOR},
)


def test_every_policy_answers_every_kind_of_role_as_the_table_says():
    found = {name: ["x" if ask(role_of(kind), OWN) else "-" for kind in KINDS] for name, ask in policies()}
    assert found == EXPECTED


@pytest.mark.parametrize("kind", ["inspector", RoleRow.Kind.LINK_CLINICIAN])
def test_a_kind_of_role_that_is_none_to_work_in_may_do_nothing(kind):
    allowed = {name for name, ask in policies() if ask(role_of(kind), OWN)}
    assert allowed == {"accounts.anyone_with_a_role", "consultations.owns_draft"}


@pytest.mark.parametrize(
    "name", ["consultations.can_run_visit", "consultations.owns_draft", "schools.can_waive"]
)
def test_what_is_somebody_elses_is_not_for_a_colleague(name):
    theirs = SimpleNamespace(clinician_id=4, author_id=4, live=True)
    assert not dict(policies())[name](role_of(RoleRow.Kind.CLINICIAN), theirs)


@pytest.mark.parametrize(
    ("from_school", "agrees", "takes_back"),
    [(True, "clinician", "link_staff"), (False, "link_staff", "clinician")],
)
def test_a_version_that_waits_is_agreed_by_the_other_side_alone(from_school, agrees, takes_back):
    waits, ask = SimpleNamespace(sent_from_school=from_school), dict(policies())
    for name, one in (("can_agree_plan", agrees), ("can_take_back", takes_back)):
        assert [k for k in KINDS if ask[f"consultations.{name}"](role_of(k), waits)] == [one]


def test_a_page_of_the_library_that_is_not_published_is_for_nobody():
    ask = dict(policies())["resources.can_read_library"]
    assert not any(ask(role_of(kind), SimpleNamespace(live=False)) for kind in KINDS)


def test_without_a_role_published_pages_are_read_where_the_library_is_public(settings):
    ask = dict(policies())["resources.can_read_library"]
    live, draft = (SimpleNamespace(live=live) for live in (True, False))
    found = []
    for settings.LIBRARY_PUBLIC in (False, True):
        found.append([ask(None, page) for page in (live, draft)])
    assert found == [[False, False], [True, False]]


@pytest.mark.parametrize(
    ("state", "approver", "approves", "declines"),
    [
        ("asked", False, ["budget_holder"], ["budget_holder"]),
        ("to_approve", False, [], []),
        ("to_approve", True, ["budget_holder"], ["budget_holder"]),
        ("requested", True, ["budget_holder"], ["service_lead"]),
    ],
)
def test_an_order_over_the_limit_is_an_approvers_and_one_that_was_sent_the_leads(
    state, approver, approves, declines
):
    order, ask = SimpleNamespace(state=state), dict(policies())
    roles = [RoleRow(kind=kind, person_id=1, is_approver=approver) for kind in KINDS]
    for name, expected in (("can_approve_order", approves), ("can_decline_order", declines)):
        assert [role.kind for role in roles if ask[f"schools.{name}"](role, order)] == expected


def test_link_staff_cancel_what_they_asked_for_until_it_is_an_order():
    ask = dict(policies())["schools.can_cancel_order"]
    for asked_by, ordered_by in ((4, None), (1, 7)):
        order = SimpleNamespace(asked_by_id=asked_by, ordered_by_id=ordered_by)
        assert [kind for kind in KINDS if ask(role_of(kind), order)] == ["budget_holder"]
