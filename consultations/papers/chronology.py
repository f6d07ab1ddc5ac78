"""The chronology of a case: what happened when, when it was written down, by whom, one line each."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from consultations.models import Consultation, Paper
from consultations.services import NewPaper
from web.words import longdate, minutes_in_words

from .blocks import Facts, Grid, Heading, Notice, Text, Title, as_json
from .plan_sections import about, who_holds
from .shared import KnownToClinicians, SharedWithSchool

Audience = Paper.Audience


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


def consultations_took_place(case, role):
    """For clinicians alone: that they took place, and nothing of what was said."""
    talks = Consultation.objects.visible_to(role).filter(case=case).select_related("author")
    for talk in talks.only("held_at", "written_at", "minutes", "mode", "author"):
        words = f"Consultation, {talk.get_mode_display().lower()}, {minutes_in_words(talk.minutes)}"
        yield Event(day(talk.held_at), day(talk.written_at), talk.author, words)


def chronology(case, role, on, audience):
    """What would be handed out on the day `on`. For the school it holds what the school can read alone."""
    for_school = audience == Audience.SCHOOL
    shared = (SharedWithSchool if for_school else KnownToClinicians)(
        case, role, on, parts=False, version_parts=False
    )
    # What happened on the same day stays in this order: first they talk, then they plan.
    talks = [] if for_school else consultations_took_place(case, role)
    events = [*talks, *events_of(shared)]
    return NewPaper(
        kind=Paper.Kind.CHRONOLOGY,
        audience=audience,
        title=f"Chronology, case {case.reference}",
        blocks=as_json(blocks(case, events, for_school)) if shared.shares or not for_school else [],
        shares=[*shared.shares, *shared.copies] if for_school else [],
        tells_of_referral=for_school and bool(shared.updates),
    )


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
