"""The chronology of a case: what happened when, when it was written down, by whom, one line each."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from consultations import timeline
from consultations.models import Paper
from consultations.services import NewPaper
from web.papers.blocks import Facts, Grid, Heading, Notice, Text, Title, as_json
from web.words import longdate

from .plan_sections import about, who_holds
from .shared import SharedWithSchool

Audience = Paper.Audience
WITH_TEXT = {"stage", "referral_update", "plan_sent_back"}


@dataclass(frozen=True)
class Event:
    """One line. `written_on` is another day than `happened_on` when it was written down later."""

    happened_on: date
    written_on: date
    by: str
    words: str


def day(moment):
    return timezone.localdate(moment)


def events_of(shared):
    for share in shared.notes:
        on = day(share.shared_at)
        yield Event(on, on, share.shared_by, "A note from a consultation was shared with the school")
    for version in shared.versions:
        yield from _of_version(version)
    yield from _of_reviews(shared.reviews)
    for copy in shared.copies:
        words = f"A copy of plan {copy.plan.reference} was handed to {copy.handed_to}"
        yield Event(copy.handed_on, day(copy.shared_at), copy.shared_by, words)
    for meeting in shared.meetings:
        words = f"Meeting about plan {meeting.plan.reference}. Who came: {meeting.who_came}"
        yield Event(meeting.held_on, day(meeting.written_at), meeting.written_by, words)
    for move in shared.moves:
        words = f"{move.get_stage_display()}. {move.reason} Decided by {move.decided_by}"
        yield Event(move.moved_on, day(move.written_at), move.written_by, words)
    for update in shared.updates:
        words = f"Referral to {update.referral.to}: {update.get_status_display()}. {update.feedback}"
        yield Event(update.heard_on, day(update.written_at), update.written_by, words)


def _of_version(version):
    name = f"Plan {version.plan.reference}, version {version.number}"
    on = day(version.sent_at)
    yield Event(on, on, version.sent_by, f"{name}, was sent to be agreed")
    if version.agreed_at:
        on = day(version.agreed_at)
        yield Event(on, on, version.agreed_by, f"{name}, was agreed")
    if version.change_asked_at:
        on = day(version.change_asked_at)
        yield Event(on, on, version.change_asked_by, f"{name}: {version.change_asked}")


def _of_reviews(reviews):
    for review in reviews:
        on, words = day(review.reviewed_at), review.get_overall_display()
        yield Event(on, on, review.reviewed_by, f"Plan {review.plan.reference} was reviewed: {words}")


def known_to_clinicians(case, role, on):
    """The rows of the timeline, the oldest first: whatever is told there stands here, but for what was said
    in a talk, a meeting or a review. Nor is their own chronology in it: each would be in the next."""
    own = Paper.objects.visible_to(role).filter(case=case, kind=Paper.Kind.CHRONOLOGY)
    own = {paper.get_absolute_url() for paper in own.filter(audience=Audience.CLINICIANS).for_list()}
    for event in reversed(timeline.events(case, role, on=on)):
        said = event.words
        if said.url not in own:
            words = f"{said.line}. {said.text}" if said.text and said.kind in WITH_TEXT else said.line
            yield Event(event.happened_on, day(event.written_at), event.by, words)


def chronology(case, role, on, audience):
    """What would be handed out on the day `on`. For the school it holds what the school can read alone."""
    if audience == Audience.CLINICIANS:
        return _paper(case, audience, blocks(case, known_to_clinicians(case, role, on), for_school=False))
    shared = SharedWithSchool(case, role, on, parts=False, version_parts=False)
    return _paper(
        case,
        audience,
        blocks(case, events_of(shared), for_school=True) if shared.shares else [],
        shares=[*shared.shares, *shared.copies],
        tells_of_referral=bool(shared.updates),
    )


def _paper(case, audience, made, **of_school):
    title = f"Chronology, case {case.reference}"
    kind = Paper.Kind.CHRONOLOGY
    return NewPaper(kind=kind, audience=audience, title=title, blocks=as_json(made), **of_school)


def blocks(case, events, for_school):
    ordered = sorted(events, key=lambda event: (event.happened_on, event.written_on))
    rows = [_row(event) for event in ordered]
    yield Title("Chronology")
    if not for_school:
        yield Notice("For clinicians only")
    yield Facts([["Reference", f"Case {case.reference}"], *about(case, case.partnership.school)])
    yield Heading("What happened")
    heads = ["Happened on", "Written on", "Who", "What"]
    yield Grid(heads, rows, [38, 38, 33, 65], caption="What happened") if rows else Text("Nothing yet.")
    yield from who_holds(case, case.partnership)


def _row(event):
    days = [longdate(event.happened_on), longdate(event.written_on)]
    return [*days, str(event.by), " ".join(event.words.split())]
