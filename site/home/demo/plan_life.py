"""The life of one plan in the demo, one dated move after another."""

from dataclasses import replace
from datetime import timedelta

from consultations.models import DUE_BEFORE, Plan, PlanVersion
from consultations.services import (
    ReviewContent,
    SchoolChange,
    agree_plan,
    ask_for_change,
    begin_plan,
    change_from_school,
    change_plan,
    discard_version,
    record_meeting,
    review_plan,
    send_plan,
    take_back_plan,
)

from .dated import as_of, local
from .fates import REVIEWS
from .plan_words import plan_words, review_answers
from .stories import told_of
from .terms import school_day_of

WHY_CHANGED = "The first steps did not fit into the day. We try fewer of them, with the same adult."
ASKED = "Could somebody other than the class teacher do the first step? She is away on Mondays."
SCHOOL_CHANGED = "A training day falls on the review date."
ENDINGS = ("finished", "stopped")
CONFIDENCE = {"going_well": 7, "some_progress": 6, "not_working": 3, "finished": 8, "stopped": 4}
MEETING = {
    "who_came": "A parent, the SENCO and the class teacher",
    "views": "Mornings are calmer at home when they know what comes next.",
    "agreed": "A note goes home on Fridays. The parents practise the same words at home.",
}


class PlanLife:
    """Knows the days of its reviews from the start, and asks the diary to call it again on each."""

    def __init__(self, desk, talked, fate, *, diary, consultation=None):
        self.desk, self.talked, self.fate, self.diary = desk, talked, fate, diary
        self.consultation = consultation
        self.rng, self.moves = diary.rng, list(fate.moves)
        self.words = plan_words(desk, talked, diary.themes, diary.rng)
        self.version, self.days, self.reviewed = None, [], 0

    def begin(self, at):
        if self.talked.case.plans.filter(ended_on=None).exists():
            return  # Two stories met in one class, which has its plan already.
        self.days = self.review_days(at.date())
        content = self.content(self.days[0])
        case, by = self.talked.case, self.desk.clinician
        self.version = as_of(at, begin_plan, case, content, by=by, at=at, consultation=self.consultation)
        self.go_on(at)

    def go_on(self, at):
        """Put the next move into the diary."""
        if self.moves:
            move = self.moves.pop(0)
            self.diary.put(self.time_of(move, at), lambda when: self.make(move, when))

    def make(self, move, at):
        if move in REVIEWS:
            self.review(move, at)
        else:
            getattr(self, move)(at)
        self.go_on(at)

    def time_of(self, move, at):
        if move in REVIEWS:
            in_the_afternoon = local(self.days[self.reviewed], 15, self.rng.randint(20, 50))
            return max(in_the_afternoon, at + timedelta(minutes=10))
        if move in ("agree", "send_back", "meet", "change_as_school"):
            return self.next_morning(at)
        return at + timedelta(minutes=25)

    def next_morning(self, at):
        """Early on the next school day; later the same day when that would not be past yet."""
        day = self.desk.calendar.next_open(at.date() + timedelta(days=1))
        return local(day, 8, self.rng.randint(15, 45)) if day < self.diary.today else at + timedelta(hours=1)

    def review_days(self, began_on):
        """Open days spread over the time since the beginning, then the review date that lies open."""
        today, count, days = self.diary.today, self.fate.reviews, [began_on]
        for number in range(1, count + 1):
            wanted = began_on + timedelta(days=(today - began_on).days * number // (count + 1))
            days.append(self.past_open_day(max(wanted, days[-1] + timedelta(days=1))))
        return [*days[1:], self.open_review_day(days[-1])]

    def past_open_day(self, wanted):
        """The next open day before today; after a holiday not everybody reviews on the first day back."""
        calendar = self.desk.calendar
        day = calendar.next_open(wanted)
        if (day - wanted).days > 3:
            day = calendar.next_open(day + timedelta(days=self.rng.randint(0, 9)))
        return day if day < self.diary.today else self.open_day_before(self.diary.today)

    def open_day_before(self, day):
        days = (day - timedelta(days=number) for number in range(1, 60))
        return next(day for day in days if self.desk.calendar.is_open(day))

    def open_review_day(self, last_on):
        today, next_open = self.diary.today, self.desk.calendar.next_open
        match self.fate.next_review:
            case "past":
                return max(
                    self.open_day_before(today - timedelta(days=3)), next_open(last_on + timedelta(days=1))
                )
            case "soon":
                day = next_open(today + timedelta(days=self.rng.randint(1, 3)))
                return day if day <= today + DUE_BEFORE else school_day_of(today)
        return next_open(today + timedelta(days=self.rng.randint(15, 30)))

    def content(self, review_on, **fields):
        return replace(self.words, fields=self.words.fields | {"review_on": review_on} | fields)

    def send(self, at):
        by, opened = self.desk.clinician, self.version.version
        self.version = as_of(at, send_plan, self.version, by=by, at=at, opened_version=opened)

    def agree(self, at):
        by, opened = self.rng.choice(self.desk.link_staff), self.version.version
        self.version = as_of(at, agree_plan, self.version, by=by, at=at, opened_version=opened)

    def send_back(self, at):
        by, opened = self.rng.choice(self.desk.link_staff), self.version.version
        as_of(at, ask_for_change, self.version, by=by, at=at, change=ASKED, opened_version=opened)

    def take_back(self, at):
        by, opened = self.desk.clinician, self.version.version
        self.version = as_of(at, take_back_plan, self.version, by=by, at=at, opened_version=opened)

    def discard(self, at):
        """The clinician thinks better of what was begun."""
        by, opened = self.desk.clinician, self.version.version
        self.version = as_of(at, discard_version, self.version, by=by, at=at, opened_version=opened)

    def change_as_school(self, at):
        """Link staff move the review date; the clinician has yet to agree."""
        plan, by = self.plan(), self.rng.choice(self.desk.link_staff)
        day = self.desk.calendar.next_open(plan.review_on + timedelta(days=7))
        change = SchoolChange(SCHOOL_CHANGED, day)
        as_of(at, change_from_school, plan, change, by=by, at=at, opened_version=plan.version)

    def change(self, at):
        """Version 2: the same goals, one step fewer."""
        words = self.content(self.days[self.reviewed], why_changed=WHY_CHANGED)
        content = replace(words, steps=words.steps[1:] or words.steps)
        plan, by = self.plan(), self.desk.clinician
        self.version = as_of(at, change_plan, plan, content, by=by, at=at, opened_version=plan.version)

    def begin_again(self, at):
        """The next cycle, begun by the clinician once the first ended."""
        self.moves, rest = [], self.moves
        life = PlanLife(self.desk, self.talked, replace(self.fate, moves=tuple(rest)), diary=self.diary)
        self.diary.put(at + timedelta(hours=1), life.begin)

    def review(self, overall, at):
        """By link staff, or now and then by the clinician. Some are quick: a judgement, no ratings."""
        self.reviewed += 1
        by = self.rng.choice([*self.desk.link_staff, *self.desk.link_staff, self.desk.clinician])
        version = PlanVersion.objects.get(plan=self.version.plan_id, status=PlanVersion.Status.AGREED)
        content = ReviewContent(
            overall=overall,
            note=told_of(self.rng.choice(self.talked.story.later), self.talked.name),
            talk_at_next_visit=overall == "not_working",
            next_review_on=None if overall in ENDINGS else self.days[self.reviewed],
            confidence=CONFIDENCE[overall],
            what_next="parents",
            **review_answers(version, overall, self.rng),
        )
        plan = self.plan()
        as_of(at, review_plan, plan, content, by=by, at=at, opened_version=plan.version)

    def meet(self, at):
        by = self.rng.choice(self.desk.link_staff)
        as_of(at, record_meeting, self.plan(), held_on=at.date(), by=by, at=at, **MEETING)

    def plan(self):
        return Plan.objects.get(pk=self.version.plan_id)
