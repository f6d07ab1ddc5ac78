"""Who may do what to a record they can see. An unknown role may do nothing."""

from accounts.models import RoleRow

Kind = RoleRow.Kind
CLINICAL = (Kind.CLINICIAN, Kind.SERVICE_LEAD)


def can_list_schools(role, record):
    return role.kind in CLINICAL


def can_read_school(role, partnership):
    return role.kind in CLINICAL


def can_read_visit(role, visit):
    return role.kind in CLINICAL


def can_run_visit(role, visit):
    """Start it, log on it, finish it: the clinician whose visit it is."""
    return role.kind == Kind.CLINICIAN and visit.clinician_id == role.person_id


def can_log_on_visit(role, visit):
    """Whoever runs it; on one that is finished, also whoever was handed a draft of it, to read that."""
    if can_run_visit(role, visit):
        return True
    return role.kind == Kind.CLINICIAN and visit.drafts.filter(author=role.person_id).exists()


def can_read_consultation(role, consultation):
    return role.kind in CLINICAL


def can_change_consultation(role, consultation):
    return role.kind == Kind.CLINICIAN


def can_read_clinical_note(role, consultation):
    """As part of a page: clinicians alone. Their lead has a page of its own, which asks for a reason."""
    return role.kind == Kind.CLINICIAN


def can_copy_to_record(role, record):
    """Read the texts for the trust's own record system and say that they are there. They hold the clinical
    notes, as part of a page."""
    return can_read_clinical_note(role, record)


def can_share(role, record):
    """Share a text of a consultation or a plan, or take it back."""
    return role.kind == Kind.CLINICIAN


def can_read_share(role, share):
    return role.kind in (*CLINICAL, Kind.LINK_STAFF)


def can_read_shared_text(role, share, on):
    """Clinicians always see what was shared; the school only while it is."""
    return role.kind in CLINICAL or (role.kind == Kind.LINK_STAFF and share.is_open(on))


def can_hand_over(role, record):
    """Hand parents or carers their copy of a plan. One for staff has none."""
    return role.kind in (Kind.CLINICIAN, Kind.LINK_STAFF) and record.case.has_parents


def can_ask_for_clinical_note(role, consultation):
    """Read it after saying why, each time anew."""
    return role.kind == Kind.SERVICE_LEAD


def can_read_case(role, case):
    return role.kind in (*CLINICAL, Kind.LINK_STAFF)


def can_search_cases(role, record):
    """Each finds the cases they may open."""
    return role.kind in (*CLINICAL, Kind.LINK_STAFF)


def can_see_who_looked(role, case):
    """Whoever may open the case may see who else did."""
    return can_read_case(role, case)


def can_check_the_service(role, record):
    """Matters still open, cases opened without consent, unusual readings: for the lead of the service."""
    return role.kind == Kind.SERVICE_LEAD


def is_safeguarding_lead(role, record):
    """The matters passed on to them: when, by whom and how, and nothing else."""
    return role.kind == Kind.SAFEGUARDING_LEAD


def can_read_consent(role, case):
    return role.kind in CLINICAL


def can_record_consent(role, case):
    """Write down an answer, a withdrawal, or whether a child can decide."""
    return role.kind == Kind.CLINICIAN


def can_list_running_out(role, record):
    return role.kind == Kind.CLINICIAN


def can_record_name(role, case):
    """Go on by name with a child who was talked about without one."""
    return role.kind == Kind.CLINICIAN


def can_change_school(role, case):
    """Hand a case over to the clinicians of the school a child goes to."""
    return role.kind == Kind.CLINICIAN


def can_list_plans(role, record):
    return role.kind in (*CLINICAL, Kind.LINK_STAFF)


def can_read_plan(role, plan):
    return role.kind in (*CLINICAL, Kind.LINK_STAFF)


def can_make_paper(role, record):
    """Make a paper of a plan or a case and hand it out."""
    return role.kind in (Kind.CLINICIAN, Kind.LINK_STAFF)


def can_read_paper(role, paper):
    return role.kind in (*CLINICAL, Kind.LINK_STAFF)


def can_add_request(role, plan):
    """Say on a plan's paper how it may help a request: the school makes the request."""
    return role.kind == Kind.LINK_STAFF


def can_write_plan(role, record):
    """Start or change a plan and send it."""
    return role.kind == Kind.CLINICIAN


def can_propose_strategy(role, step):
    """Write a strategy for the library, with a step in own words to look at."""
    return role.kind in CLINICAL


def can_agree_plan(role, plan):
    """Answer the version that waits: link staff a clinician's, clinicians the school's. When none waits the
    page tells either so."""
    if plan.sent_from_school is None:
        return role.kind in (Kind.LINK_STAFF, Kind.CLINICIAN)
    return role.kind == (Kind.CLINICIAN if plan.sent_from_school else Kind.LINK_STAFF)


def can_change_as_school(role, plan):
    """Change who, how often, from when and the review date."""
    return role.kind == Kind.LINK_STAFF


def can_take_back(role, plan):
    """Take back the version that waits: the side that sent it. When none waits the button tells either so."""
    if plan.sent_from_school is None:
        return role.kind in (Kind.LINK_STAFF, Kind.CLINICIAN)
    return role.kind == (Kind.LINK_STAFF if plan.sent_from_school else Kind.CLINICIAN)


def can_review_plan(role, plan):
    return role.kind in (Kind.LINK_STAFF, Kind.CLINICIAN)


def can_record_meeting(role, plan):
    """Write down that the parents or carers were met about a plan."""
    return role.kind in (Kind.LINK_STAFF, Kind.CLINICIAN)


def can_move_case(role, case):
    """Move a case to another stage, close it or open it again."""
    return role.kind == Kind.CLINICIAN


def can_refer(role, record):
    """Write down a referral, and what was heard of it."""
    return role.kind == Kind.CLINICIAN


def can_give_plan(role, plan):
    """Choose who carries a plan out, and take it back."""
    return role.kind in (Kind.LINK_STAFF, Kind.CLINICIAN)


def can_carry_out(role, plan):
    """Read what adults will do, and nothing else of a plan. Asked with None: have a list of such plans."""
    return role.kind == Kind.PLAN_READER


def can_check_in(role, plan):
    """Tell how the steps of a plan they carry out went."""
    return can_carry_out(role, plan)


def can_list_requests(role, record):
    """What the school asked to talk about, in the order it has put it."""
    return role.kind == Kind.LINK_STAFF


def can_ask_to_discuss(role, record):
    """Ask, put in another order, withdraw."""
    return role.kind == Kind.LINK_STAFF


def can_close_as_phoned(role, request):
    return role.kind == Kind.CLINICIAN


def owns_draft(role, draft):
    return draft.author_id == role.person_id
