"""Everything that happens in the demo, in the order in which it happened."""

import heapq
from datetime import timedelta
from itertools import count

from consultations.services import acknowledge_telling, finish_visit
from schools.models import MINUTES
from schools.services import book_visit, start_visit

from .dated import as_of, local
from .fates import FATES, fates_of
from .patterns import WITH_PATTERN, pattern_of, save_pattern
from .places import FIRST_URN
from .plan_life import PlanLife
from .talks import talk_about_new, talk_again
from .terms import school_day_of, school_weeks

VISITS_AHEAD = 5
HALF_DAY = timedelta(hours=3)
# At the first school a safeguarding lead was told so many visits ago: which, in the order to ring them.
TOLD = {1: 1, 2: 2, 3: 1}
NOT_CONFIRMED = {1}


class Diary:
    """A pile of moments, each with what to do then. Doing one may put more into the pile.

    Nothing is dated today or later: today is for whoever tries the demo.
    """

    def __init__(self, *, today, rng, themes, names):
        self.today, self.rng, self.themes, self.names = today, rng, themes, names
        self.pile, self.numbers = [], count()

    def put(self, at, action):
        heapq.heappush(self.pile, (at, next(self.numbers), action))

    def play(self, count_one):
        """Do everything in order, calling `count_one` after each."""
        while self.pile:
            at, _, action = heapq.heappop(self.pile)
            action(at)
            count_one()

    def put_visits(self, desk, past_visits):
        days = visit_days(desk.place, desk.calendar, self.today, past_visits)
        past = [day for day in days if day < self.today]
        focus, eve = school_day_of(self.today), local(self.today - timedelta(days=1), 16)
        ahead = [day for day in days if day > focus and desk.place.urn in WITH_PATTERN]
        if ahead:
            pattern = pattern_of(desk, weekday_of(desk.place, focus), focus, ahead)
            self.put(eve, lambda at: save_pattern(pattern, at))
        for number, day in enumerate(days[: len(days) - len(ahead)]):
            starts_at = local(day, 13 if desk.place.afternoon else 9)
            ago = len(past) - 1 - number if day < self.today else None
            booked_at = min(starts_at - timedelta(weeks=4), eve)
            self.put(booked_at, self.booking(desk, starts_at, ago))

    def booking(self, desk, starts_at, ago):
        def book(at):
            visit = as_of(
                at, book_visit, desk.partnership, desk.clinician, at=at,
                planned_start_at=starts_at, planned_end_at=starts_at + HALF_DAY, by=desk.clinician,
            )  # fmt: skip
            if ago is not None:
                self.put(starts_at, lambda when: self.hold(desk, visit, ago, when))

        return book

    def hold(self, desk, visit, ago, at):
        """A visit that took place: what was talked about, which plans began, and its time."""
        visit = as_of(at, start_visit, visit, by=desk.clinician, at=at)
        held_at, minutes = at + timedelta(minutes=5), 0
        for talk in self.talks(desk, visit, ago):
            minutes += talk(held_at).minutes
            held_at = at + timedelta(minutes=minutes + 5)
        ended_at = max(at + HALF_DAY - timedelta(minutes=10), held_at)
        finished_at = ended_at + timedelta(minutes=20)
        as_of(
            finished_at, finish_visit, visit, by=desk.clinician, at=finished_at, ended_at=ended_at,
            minutes=self.minutes_of(minutes), opened_version=visit.version,
        )  # fmt: skip

    def minutes_of(self, with_staff):
        """Of other work about an hour, most of it writing up."""
        other = self.rng.choice([30, 45, 60, 75])
        return dict.fromkeys(MINUTES, 0) | {
            "minutes_with_staff": with_staff,
            "minutes_writing_up": other - 15,
            "minutes_travel": 15,
        }

    def talks(self, desk, visit, ago):
        """What to talk about: the cases that get a plan, one that gets none, one from before."""
        fates = [FATES[name] for name in fates_of(desk.place, ago, self.rng)]
        fates += [None] if len(fates) < 3 else []
        found = [self.first_talk(desk, visit, ago, fate) for fate in fates]
        if desk.talked and len(found) < 4:
            found.append(self.later_talk(desk, visit, self.rng.choice(desk.talked[-6:]), ago))
        return found

    def first_talk(self, desk, visit, ago, fate):
        where_people_look = desk.place.urn == FIRST_URN and ago < 2

        def talk(held_at):
            talked, consultation = talk_about_new(
                desk, visit, self.next_story(desk, fate), held_at,
                next_step="start_plan" if fate else "nothing_more",
                next_name=self.names.next_hard if where_people_look else self.names.next,
                themes=self.themes, rng=self.rng,
            )  # fmt: skip
            if fate:
                life = PlanLife(desk, talked, fate, diary=self, consultation=consultation)
                self.put(visit.planned_end_at + timedelta(minutes=self.rng.randint(35, 60)), life.begin)
            return consultation

        return talk

    def next_story(self, desk, fate):
        """With a plan ahead: one that has goals, and of a class or group only its first talk."""
        if fate is None:
            return desk.next_story(lambda story: True)
        known = [talked.story for talked in desk.talked]
        return desk.next_story(lambda story: story.goals and (story.subject == "child" or story not in known))

    def later_talk(self, desk, visit, talked, ago):
        order = TOLD.get(ago) if desk.place.urn == FIRST_URN else None
        told = desk.lead(order) if order else None

        def talk(held_at):
            consultation = talk_again(
                desk, visit, talked, held_at, themes=self.themes, rng=self.rng, told=told
            )
            if told and ago not in NOT_CONFIRMED:
                self.put(held_at + timedelta(hours=4), self.confirming(consultation.safeguarding, told))
            return consultation

        return talk

    def confirming(self, matter, lead):
        return lambda at: as_of(at, acknowledge_telling, matter, by=lead.account, at=at)


def visit_days(place, calendar, today, past):
    """The pattern: a half day in every second school week, on the school's weekday or the next open day."""
    focus = school_day_of(today)
    first = min(period.first_on for period in calendar.periods)
    weeks = school_weeks(calendar, first, today + timedelta(weeks=30))
    here = max(number for number, monday in enumerate(weeks) if monday <= focus)
    mine = range((here + place.odd_weeks) % 2, len(weeks), 2)
    days = [visit_day(calendar, weeks[number], weekday_of(place, focus)) for number in mine]
    before = [day for day in days if day < focus]
    return before[-past:] + [day for day in days if day >= focus][:VISITS_AHEAD]


def weekday_of(place, focus):
    return (focus.weekday() + place.shift) % 5


def visit_day(calendar, monday, weekday):
    wanted = calendar.next_open(monday + timedelta(days=weekday), within=5 - weekday)
    return wanted or calendar.next_open(monday, within=5)
