"""The sections of the evidence pack that are mostly text. Each takes EvidenceFacts and gives blocks."""

from web.papers.blocks import Facts, Heading, Text, Title
from web.words import longdate

from .plan_sections import about, who_holds
from .ratings import cycles_completed


def title_block(paper):
    yield Title("Evidence pack for an EHC request")
    yield Facts(
        [
            ["Reference", f"Case {paper.case.reference}"],
            *about(paper.case, paper.case.partnership.school),
            ["2 cycles completed", cycles_completed(paper.shared.reviews)],
        ]
    )


def what_this_is(paper):
    yield Heading("What this is")
    yield Text(paper.case.partnership.service.what_a_plan_is)
    yield Text("Every text in it was shared with the school before it was printed here.")


def tried(paper):
    texts = list(_of_cycles(paper, "tried", "What had been tried"))
    yield Heading("What was tried")
    yield from texts or [Text("Nothing recorded.")]


def views(paper):
    yield Heading("Views of the child and of parents or carers")
    child = list(_of_cycles(paper, "childs_view", paper.case.whose_view))
    parents = list(_of_cycles(paper, "parents_view", "Parents or carers"))
    met = [
        Text(meeting.views, label=f"Parents or carers, at a meeting on {longdate(meeting.held_on)}")
        for meeting in paper.shared.meetings
        if meeting.views
    ]
    yield from [*child, *parents, *met] or [Text("Nothing recorded.")]


def _of_cycles(paper, name, label):
    """A text of each cycle's plan; one that stayed the same from cycle to cycle stands once."""
    said = set()
    for cycle in paper.shared.cycles:
        text = getattr(cycle.version, name)
        if text and text not in said:
            said.add(text)
            day = longdate(cycle.version.agreed_at or cycle.version.sent_at)
            yield Text(text, label=f"{label}, cycle {cycle.plan.cycle}, {day}")


def notes(paper):
    if paper.shared.notes:
        yield Heading("Notes from consultations")
    for share in paper.shared.notes:
        yield Text(share.text, label=f"{longdate(share.shared_at)}, shared by {share.shared_by}")


def who_holds_this(paper):
    yield from who_holds(paper.case, paper.case.partnership)
