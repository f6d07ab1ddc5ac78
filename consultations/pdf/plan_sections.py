"""The sections of a plan's paper that are mostly text. Each takes PlanFacts and gives flowables."""

from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether

from consultations.models import Case, PlanVersion
from web.words import longdate

from .paper import NOTICE, facts, grid, heading, lines, para, title

Status = PlanVersion.Status
Subject = Case.Subject

STATES = {
    Status.DRAFT: "Draft - not agreed",
    Status.SENT: "Sent - not agreed yet",
    Status.SENT_BACK: "Sent back - not agreed",
    Status.TAKEN_BACK: "Taken back - not agreed",
    Status.REPLACED: "Replaced - a later version is in force",
}
SUBJECT_LABELS = {
    Subject.CHILD: "Child",
    Subject.GROUP: "Group",
    Subject.CLASS: "Class",
    Subject.YEAR_GROUP: "About",
    Subject.STAFF: "About",
}


def title_block(paper):
    plan, version = paper.plan, paper.version
    state = STATES.get(version.status)
    yield title("Support plan agreed with school" if version.agreed_at else "Support plan")
    if state:
        yield para(state, NOTICE)
    yield facts(
        [
            ("Reference", f"{plan.reference}, version {version.number}, cycle {plan.cycle}"),
            ("Date agreed", longdate(version.agreed_at) or "Not agreed"),
            ("School", f"{plan.partnership.school} (URN {plan.partnership.school.urn})"),
            *_subject(plan.case),
            ("At the consultation", "\n".join(map(_who, paper.people)) or "Nobody recorded"),
            ("Printed", longdate(paper.printed_on)),
        ]
    )


def _subject(case):
    rows = [(SUBJECT_LABELS[case.subject], case.full_name if case.is_named else case.who)]
    if case.is_named and case.date_of_birth:
        rows.append(("Date of birth", longdate(case.date_of_birth)))
    if case.year:
        rows.append(("Year group", case.year))
    if case.pupils:
        rows.append(("Number of pupils", case.pupils))
    return rows


def _who(person):
    return ", ".join(part for part in (person.name, person.job, person.organisation) if part)


def what_this_is(paper):
    yield from heading("What this is")
    yield from lines(paper.plan.partnership.service.what_a_plan_is)


def assess(paper):
    version = paper.version
    one_child = paper.plan.case.subject == Subject.CHILD
    views = "What the child or young person says" if one_child else "What the children or young people say"
    know = version.get_parents_know_display()
    yield from heading("Assess")
    for label, text in [
        ("The concern, in the words of staff", version.concern),
        ("What is going well", version.strengths),
        ("What has been tried", version.tried),
        (views, version.childs_view),
        ("What the parents or carers say", version.parents_view),
        ("Do the parents or carers know about this plan?", f"{know}. {version.parents_why}"),
    ]:
        yield from lines(text or "Nothing recorded", label=label)


def next_steps(paper):
    yield from heading("Next steps and review date")
    yield from lines(_review_date(paper.plan, paper.version), label="Review date")
    yield from lines(paper.version.if_not_reached, label="If the goals are not reached by then")
    service = paper.plan.partnership.service
    yield from lines(service.if_things_get_worse, label="What to do if things get worse")


def _review_date(plan, version):
    """Reviews move the date of the version in force; any other version has the date it was written with."""
    if version.status != Status.AGREED:
        return longdate(version.review_on)
    if plan.ended_on:
        return f"None. This plan ended on {longdate(plan.ended_on)}: {plan.get_ending_display().lower()}."
    return longdate(plan.review_on)


def agreed_by(paper):
    version = paper.version
    here, there = (paper.plan.partnership.service, paper.plan.partnership.school)
    sender, answerer = (there, here) if version.from_school else (here, there)
    agreed_by = _signer(version.agreed_by, answerer, version.agreed_by_job)
    rows = [
        ("Sent by", _signer(version.sent_by, sender), longdate(version.sent_at) or "Not sent", ""),
        ("Agreed by", agreed_by, longdate(version.agreed_at) or "Not agreed", ""),
    ]
    # A signature would name a child whose plan holds no name.
    if paper.plan.case.is_named:
        rows += [("Parent or carer", "", "", ""), ("Child or young person", "", "", "")]
    heads = ["", "Name and job", "Date on screen", "Signature and date"]
    table = grid(heads, rows, [28, 60, 35, 51], row_height=10 * mm)
    yield KeepTogether([*heading("Agreed by"), table])


def _signer(user, place, job=""):
    if user is None:
        return ""
    return f"{user}\n{job}, {place}" if job else f"{user}\n{place}"


def who_holds_this(paper):
    service, school = paper.plan.partnership.service, paper.plan.partnership.school
    yield from heading("Who holds this")
    yield para(
        f"{service} keeps the record. {school} can read it on screen and keeps this paper in its own file. "
        "Each keeps it for as long as its own rules on records say. "
        f"Parents and carers can ask {school} or {service} for a copy of what is held about their child."
    )
