"""The sections of a plan's paper that are mostly text. Each takes PlanFacts and gives blocks."""

from consultations.models import Case, PlanVersion
from web.papers.blocks import Facts, Grid, Heading, Notice, Text, Title
from web.words import longdate

Status = PlanVersion.Status
Subject = Case.Subject

STATES = {
    Status.DRAFT: "Draft - not agreed",
    Status.SENT: "Sent - not agreed yet",
    Status.SENT_BACK: "Sent back - not agreed",
    Status.TAKEN_BACK: "Taken back - not agreed",
    Status.DISCARDED: "Discarded - not agreed",
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
    yield Title("Support plan agreed with school" if version.agreed_at else "Support plan")
    if state:
        yield Notice(state)
    printed = f"{longdate(paper.printed_on)} from the screen, not numbered"
    yield Facts(
        [
            ["Reference", f"{plan.reference}, version {version.number}, cycle {plan.cycle}"],
            ["Date agreed", longdate(version.agreed_at) or "Not agreed"],
            *about(plan.case, plan.partnership.school),
            ["At the consultation", "\n".join(map(_who, paper.people)) or "Nobody recorded"],
            *([["Printed", printed]] if paper.printed_on else []),
        ]
    )


def about(case, school):
    """Rows of facts: which school, and whom it is about. No child's name where the case holds none."""
    rows = [
        ["School", f"{school} (URN {school.urn})"],
        [SUBJECT_LABELS[case.subject], case.full_name if case.is_named else case.who],
    ]
    if case.is_named and case.date_of_birth:
        rows.append(["Date of birth", longdate(case.date_of_birth)])
    if case.year:
        rows.append(["Year group", case.year])
    if case.pupils:
        rows.append(["Number of pupils", str(case.pupils)])
    return rows


def _who(person):
    return ", ".join(part for part in (person.name, person.job, person.organisation) if part)


def what_this_is(paper):
    yield Heading("What this is")
    yield Text(paper.plan.partnership.service.what_a_plan_is)


def assess(paper):
    version = paper.version
    know = version.get_parents_know_display()
    yield Heading("Assess")
    for label, text in [
        ("The concern, in the words of staff", version.concern),
        ("What is going well", version.strengths),
        ("What has been tried", version.tried),
        (paper.plan.case.whose_view, version.childs_view),
        ("What the parents or carers say", version.parents_view),
        ("Do the parents or carers know about this plan?", f"{know}. {version.parents_why}"),
    ]:
        yield Text(text or "Nothing recorded", label=label)


def next_steps(paper):
    yield Heading("Next steps and review date")
    yield Text(_review_date(paper.plan, paper.version), label="Review date")
    yield Text(paper.version.if_not_reached, label="If the goals are not reached by then")
    service = paper.plan.partnership.service
    yield from (Text(_referral(update), label="Referral") for update in paper.referrals)
    yield Text(service.if_things_get_worse, label="What to do if things get worse")


def _referral(update):
    status = update.get_status_display()
    return f"To {update.referral.to}: {status[0].lower()}{status[1:]}. {update.feedback}"


def _review_date(plan, version):
    """Reviews move the date of the version in force; any other version has the date it was written with."""
    if version.status != Status.AGREED:
        return longdate(version.review_on)
    if plan.ended_on:
        return f"None. {plan.ended_in_words}"
    return longdate(plan.review_on)


def agreed_by(paper):
    version = paper.version
    here, there = (paper.plan.partnership.service, paper.plan.partnership.school)
    sender, answerer = (there, here) if version.from_school else (here, there)
    agreed_by = _signer(version.agreed_by, answerer, version.agreed_by_job)
    rows = [
        ["Sent by", _signer(version.sent_by, sender), longdate(version.sent_at) or "Not sent", ""],
        ["Agreed by", agreed_by, longdate(version.agreed_at) or "Not agreed", ""],
    ]
    # A signature would name a child whose plan holds no name.
    if paper.plan.case.is_named:
        rows += [["Parent or carer", "", "", ""], ["Child or young person", "", "", ""]]
    heads = ["", "Name and job", "Date on screen", "Signature and date"]
    yield Heading("Agreed by")
    yield Grid(heads, rows, [44, 54, 32, 44], caption="Who agreed this plan", to_sign=True)


def _signer(user, place, job=""):
    if user is None:
        return ""
    return f"{user}\n{job}, {place}" if job else f"{user}\n{place}"


def who_holds_this(paper):
    yield from who_holds(paper.plan.case, paper.plan.partnership)


def who_holds(case, partnership):
    service, school = partnership.service, partnership.school
    ask = f" Parents and carers can ask {school} or {service} for a copy of what is held about their child."
    yield Heading("Who holds this")
    yield Text(
        f"{service} keeps the record. {school} can read it on screen and keeps this paper in its own file. "
        f"Each keeps it for as long as its own rules on records say.{ask if case.has_parents else ''}"
    )
