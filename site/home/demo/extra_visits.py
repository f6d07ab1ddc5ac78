"""Visits beside the pattern: from bought time, one the school called off, and one that is owed."""

from datetime import timedelta

from consultations.services import cancel_visit, finish_visit
from schools.models import MINUTES, Reason, TimeEntry, Visit
from schools.services import answer_query, ask_about, book_visit, core_offer_of, start_visit

from .buying import MEMBER, PAYER, bought_by
from .dated import local
from .places import FIRST_URN

HALF_DAY = timedelta(hours=3)
Outcome = Visit.Outcome
WORDS = "Part of this visit was the fire drill. Did that count?"
ANSWER = "No. The drill was left out: only the training and the writing up count."


def put_extra_visits(days):
    """In the weeks between two visits of the pattern, in the afternoon, when Priya is nowhere else."""
    quillbrook, member = days.desks[FIRST_URN], days.desks[MEMBER]
    put_visit(days, quillbrook, -35, bought=False, called_off=Outcome.CLINICIAN_CANCELLED)
    put_visit(days, quillbrook, -21, called_off=Outcome.SCHOOL_CANCELLED)
    put_visit(days, quillbrook, -7)
    put_visit(days, quillbrook, 7)
    put_visit(days, member, 14, payer=days.desks[PAYER])


def put_visit(days, desk, after, *, payer=None, bought=True, called_off=""):
    """`after` so many days of the next visit to Quillbrook, or on the next open day."""
    day = desk.calendar.next_open(days.focus + timedelta(days=after), within=7)
    if day is None or after < 0 and day >= days.diary.today:
        return
    starts_at = local(day, 13)
    made = []

    def book(at):
        pot = bought_by(payer or desk) if bought else core_offer_of(desk.partnership, day)
        made.append(
            days.write(
                at, book_visit, desk.partnership, desk.clinician, planned_start_at=starts_at,
                planned_end_at=starts_at + HALF_DAY, by=desk.clinician, pot=pot,
            )
        )  # fmt: skip

    days.put(min(starts_at - timedelta(days=17), days.ago(6, 15)), book)
    if called_off:
        days.put(starts_at - timedelta(hours=28), lambda at: call_off(days, made[0], called_off, at))
    elif after < 0:
        days.put(starts_at, lambda at: hold(days, made[0], at))


def call_off(days, visit, outcome, at):
    waived = Reason.ILLNESS if outcome == Outcome.SCHOOL_CANCELLED else ""
    opened = visit.version
    days.write(
        at, cancel_visit, visit, outcome=outcome, by=visit.clinician, opened_version=opened,
        waived_because=waived,
    )  # fmt: skip


def hold(days, visit, at):
    """Training for the staff: nothing is written about anybody."""
    visit = days.write(at, start_visit, visit, by=visit.clinician)
    minutes = dict.fromkeys(MINUTES, 0) | {
        **{"minutes_training": 120, "minutes_writing_up": 30, "minutes_travel": 15},
    }
    at += HALF_DAY
    days.write(
        at, finish_visit, visit, by=visit.clinician, ended_at=at - timedelta(minutes=20), minutes=minutes,
        opened_version=visit.version,
    )  # fmt: skip


def put_question(days):
    """The SENCO asks about the last visit that was counted, and the service answers."""
    desk, sam, ruth = days.desks[FIRST_URN], days.accounts["Sam Whitlock"], days.accounts["Ruth Calloway"]
    asked = []

    def ask(at):
        used = TimeEntry.objects.filter(partnership=desk.partnership, kind=TimeEntry.Kind.DELIVER)
        line = used.order_by("pk").last()
        if line:
            asked.append(days.write(at, ask_about, line, words=WORDS, by=sam))

    def answer(at):
        for query in asked:
            days.write(at, answer_query, query, answer=ANSWER, by=ruth)

    days.put(days.ago(6, 9), ask)
    days.put(days.ago(5, 13), answer)
