"""Who may do what to a school's visits and people, and to its orders of time."""

from accounts.models import RoleRow

Kind = RoleRow.Kind


def can_read_visits(role, partnership):
    """Dates and minutes only: nothing of a case is on the page."""
    return role.kind in (Kind.CLINICIAN, Kind.SERVICE_LEAD, Kind.LINK_STAFF, Kind.BUDGET_HOLDER)


def can_read_own_time(role, record):
    """What their own school has, uses and has left. No price is on the page."""
    return role.kind in (Kind.LINK_STAFF, Kind.BUDGET_HOLDER)


def can_read_school_time(role, partnership):
    """The same page among those of a school; the school itself has it in its header."""
    return role.kind in (Kind.CLINICIAN, Kind.SERVICE_LEAD)


def can_book_visit(role, partnership):
    """The clinicians of the school, for themselves and for each other, and their lead."""
    return role.kind in (Kind.CLINICIAN, Kind.SERVICE_LEAD)


def can_keep_patterns(role, partnership):
    """Who books visits one by one may plan them too."""
    return can_book_visit(role, partnership)


def can_call_off(role, visit):
    """Cancel or move it: clinician and lead. Link staff say that the school cancels."""
    return role.kind in (Kind.CLINICIAN, Kind.SERVICE_LEAD, Kind.LINK_STAFF)


def can_move(role, visit):
    return role.kind in (Kind.CLINICIAN, Kind.SERVICE_LEAD)


def can_waive(role, visit):
    """Leave out, or take back, what a late cancellation costs: the visit's clinician, and the lead."""
    mine = role.kind == Kind.CLINICIAN and visit.clinician_id == role.person_id
    return mine or role.kind == Kind.SERVICE_LEAD


def can_read_people(role, partnership):
    return role.kind in (
        *(Kind.CLINICIAN, Kind.SERVICE_LEAD, Kind.LINK_STAFF),
        *(Kind.BUDGET_HOLDER, Kind.SAFEGUARDING_LEAD),
    )


def can_change_people(role, record):
    """Link staff keep their school's people; so does the clinician who talks with them."""
    return role.kind in (Kind.CLINICIAN, Kind.LINK_STAFF)


def can_read_money_papers(role, record):
    """Statements, invoices and credit notes: the school that pays, and the lead."""
    return role.kind in (Kind.SERVICE_LEAD, Kind.BUDGET_HOLDER)


def can_issue_money_papers(role, record):
    return role.kind == Kind.SERVICE_LEAD


def works_case_by_case(role):
    """Clinicians and leads move between a school's pages; the others have theirs in the header."""
    return role.kind in (Kind.CLINICIAN, Kind.SERVICE_LEAD)


def can_order(role, record):
    """A budget holder buys; link staff ask their head for time, and are shown no price."""
    return role.kind in (Kind.BUDGET_HOLDER, Kind.LINK_STAFF)


def can_buy(role, record):
    return role.kind == Kind.BUDGET_HOLDER


def can_read_orders(role, record):
    return role.kind in (Kind.BUDGET_HOLDER, Kind.LINK_STAFF, Kind.SERVICE_LEAD)


def can_approve_order(role, order):
    """What waits for an approver is theirs; what link staff asked for is any budget holder's."""
    return role.kind == Kind.BUDGET_HOLDER and (order.state != "to_approve" or role.is_approver)


def can_decline_order(role, order):
    """The head while it is the school's own matter, the lead once it was sent to the service."""
    if order.state in ("asked", "to_approve"):
        return can_approve_order(role, order)
    return role.kind == Kind.SERVICE_LEAD


def can_cancel_order(role, order):
    """The school; link staff what they asked for themselves, until the head made an order of it."""
    mine = order.asked_by_id == role.person_id and not order.ordered_by_id
    return role.kind == Kind.BUDGET_HOLDER or (role.kind == Kind.LINK_STAFF and mine)


def can_accept_offer(role, order):
    return role.kind == Kind.BUDGET_HOLDER


def can_agree_orders(role, record):
    return role.kind == Kind.SERVICE_LEAD


def can_keep_capacity(role, record):
    return role.kind == Kind.SERVICE_LEAD


def can_read_calendar(role, record):
    """School days, holidays and INSET days: who plans visits by them, and who keeps them."""
    return role.kind in (Kind.CLINICIAN, Kind.SERVICE_LEAD, Kind.LINK_STAFF, Kind.ADMINISTRATOR)


def can_read_coverage(role, record):
    """Which school was visited and which was not, and by whom. A commissioner reads counts alone."""
    return role.kind == Kind.SERVICE_LEAD


def can_keep_calendar(role, record):
    """Enter, change and take out days of the service and of its schools."""
    return role.kind in (Kind.SERVICE_LEAD, Kind.ADMINISTRATOR)


def can_read_entry_queries(role, entry):
    return role.kind in (Kind.BUDGET_HOLDER, Kind.LINK_STAFF, Kind.SERVICE_LEAD)


def can_ask_about_entry(role, entry):
    return role.kind in (Kind.BUDGET_HOLDER, Kind.LINK_STAFF)


def can_answer_entry_queries(role, record):
    return role.kind == Kind.SERVICE_LEAD


def can_read_agreements(role, record):
    """The rules of time. What is paid for it is another question: `can_read_prices`."""
    return role.kind in (Kind.CLINICIAN, Kind.SERVICE_LEAD, Kind.LINK_STAFF, Kind.BUDGET_HOLDER)


def can_keep_agreements(role, record):
    """Agreements, core offers, and what papers about money say of the service."""
    return role.kind == Kind.SERVICE_LEAD


def can_read_prices(role, agreement):
    """The lead, and the budget holders of the school that pays: not those who only share its time."""
    return role.kind == Kind.SERVICE_LEAD or holds_its_budget(role, agreement)


def can_sign_agreement(role, agreement):
    """A budget holder of the school that pays signs here; the lead records what was signed on paper."""
    return can_read_prices(role, agreement)


def can_decide_adjustment(role, adjustment):
    """Another lead, or an approver of the school that pays. Never who asked for it."""
    if adjustment.asked_by_id == role.person_id:
        return False
    approves = role.is_approver and holds_its_budget(role, adjustment.agreement)
    return role.kind == Kind.SERVICE_LEAD or approves


def holds_its_budget(role, agreement):
    return role.kind == Kind.BUDGET_HOLDER and role.partnership_id == agreement.payer_id
