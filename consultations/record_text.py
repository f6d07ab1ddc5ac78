"""One named case's work at one visit as plain text, to paste into the trust's own record system.

A pure function of records that were read before: see `record_entries`. Lines are as long as they are.
"""

from django.utils import timezone

from schools.models import YearGroup
from web.words import longdate, moment

# Columns of a consultation in the order of its page, and what stands before each in the text.
BEFORE_AGREED = {
    "why_now": "Why now",
    "concern": "Concern",
    "since_when": "Since when",
    "how_often": "How often",
    "setting": "Where it happens",
    "impact": "How much it gets in the way, 0 to 10",
    "strengths": "What is going well",
    "childs_view": "What the child or young person says",
    "childs_view_how": "How that was found out",
    "parents_view": "What the parents or carers say",
    "get_sen_status_display": "Special educational needs",
    "other_agencies": "Other agencies",
    "attendance": "Attendance",
}


def record_text(case, talks, *, notes, plan, shares):
    """`talks` are one or more consultations of one visit, `notes` the clinical notes by consultation, `plan`
    the version of a plan that goes with them or None, `shares` what was shared of them."""
    blocks = [head(case, talks[0]), *(talk_block(talk, notes.get(talk.pk)) for talk in talks)]
    blocks += [plan_block(plan), sharing_block(shares)]
    return "\n\n".join("\n".join(line for line in block if line) for block in blocks)


def starts_at(talk):
    """As a record system asks for it: 09:30, by the clock at the school."""
    return f"{timezone.localtime(talk.held_at):%H:%M}"


def line(label, value):
    """Nothing where there is nothing to say."""
    if value is None or value == "":
        return ""
    return f"{label}: " + "\n".join(str(value).splitlines())


def head(case, talk):
    school, year = talk.partnership.school, case.year_group_on(timezone.localdate(talk.held_at))
    return [
        line("Name", case.full_name),
        line("Date of birth", longdate(case.date_of_birth)),
        line("Year group", "" if year is None else YearGroup(year).label),
        line("Our reference", case.reference),
        line("School", f"{school}, URN {school.urn}"),
    ]


def talk_block(talk, note):
    """A consultation. The clinical note stands last, under a name of its own, so that it can be left out."""
    themes, people, tried = (
        list(map(str, rows.all())) for rows in (talk.theme_rows, talk.people, talk.tried)
    )
    return [
        f"Consultation {talk.reference}",
        line("Date", longdate(talk.held_at)),
        line("Started", starts_at(talk)),
        line("Minutes", talk.minutes),
        line("Kind of contact", talk.get_mode_display()),
        line("Clinician", talk.author),
        line("Took part", "; ".join(people)),
        line("About", "; ".join(themes)),
        *(line(label, said(talk, name)) for name, label in BEFORE_AGREED.items()),
        line("What the school tried", "; ".join(tried) or "Nothing yet"),
        line("Agreed with the school", talk.agreed),
        line("Is anyone at risk of harm", risk(talk)),
        line("What happens next", talk.get_next_step_display()),
        line("For clinicians only", note and note.text),
    ]


def said(talk, name):
    value = getattr(talk, name)
    return value() if callable(value) else value


def risk(talk):
    """Who was told stands beside the answer. What it was about is in the school's own system."""
    matter = getattr(talk, "safeguarding", None)
    if matter is None or not matter.told_at:
        return talk.get_risk_display()
    told = f"{matter.told_name}, {moment(matter.told_at)}, {matter.get_how_display().lower()}"
    return f"Yes. The safeguarding lead was told: {told}"


def plan_block(version):
    if version is None:
        return ["Plan agreed with the school: none"]
    who = f"{version.agreed_by}, {version.agreed_by_job}" if version.agreed_by_job else version.agreed_by
    return [
        f"Plan {version.plan.reference}, version {version.number}",
        line("Agreed", f"{longdate(version.agreed_at)}, {who}"),
        *(line("Goal", goal_words(goal)) for goal in version.goals.all()),
        *(line("Step", step_words(step)) for step in version.steps.all()),
        line("If it is not reached", version.if_not_reached),
        line("The parents or carers know", version.get_parents_know_display()),
        line("Why they do not know", version.parents_why),
        line("Review on", longdate(version.review_on)),
    ]


def goal_words(goal):
    ends = f"0 means {goal.at_zero}, 10 means {goal.at_ten}"
    return f"{goal.what} ({goal.rating} at the start, {goal.expected} expected; {ends})"


def step_words(step):
    often, note = step.get_how_often_display().lower(), f". {step.note}" if step.note else ""
    return f"{step.what}. {step.who_was}, {often}, from {longdate(step.from_on)}{note}"


def sharing_block(shares):
    """What the school was given to read of it, on whose consent, and whether it was taken back."""
    if not shares:
        return ["Shared with the school: no"]
    return [line("Shared with the school", share_words(share)) for share in shares]


def share_words(share):
    given = f"{share.consultation.reference} on {longdate(share.shared_at)} by {share.shared_by}"
    basis = f". {share.consent.as_answered}" if share.consent else ""
    closed = f". Closed on {longdate(share.closed_at)}: {share.get_closing_display().lower()}"
    return given + basis + (closed if share.closed_at else "")
