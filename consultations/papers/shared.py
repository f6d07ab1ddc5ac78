"""What of a case the school can read on a day: the same for whoever of the case's people asks."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch

from accounts.models import RoleRow
from consultations import reading
from consultations.models import (
    Case,
    GoalRating,
    ParentsMeeting,
    ReferralUpdate,
    Review,
    Share,
    StageMove,
    StepAnswer,
)

Audience = Share.Audience


@dataclass(frozen=True)
class Cycle:
    """One plan of a case: the version to show of those that are shared, and all of those."""

    plan: object
    version: object
    versions: list


@dataclass(frozen=True)
class SharedWithSchool:
    """Reads on demand, and nothing but what stands open to the school of `case` on the day `on`."""

    case: Case
    role: RoleRow
    on: date
    parts: bool = True  # ratings and answers too
    version_parts: bool = True  # goals and steps too

    def texts_for(self, audience):
        shares = Share.objects.visible_to(self.role).filter(case=self.case, audience=audience)
        return shares.open_on(self.on)

    @cached_property
    def shares(self):
        """The texts for link staff, the oldest first."""
        people = [f"plan_version__{name}" for name in ("sent_by", "agreed_by", "change_asked_by")]
        return list(
            self.texts_for(Audience.LINK_STAFF)
            .select_related("shared_by", "plan_version__plan", *people)
            .prefetch_related(*(["plan_version__goals", "plan_version__steps"] if self.version_parts else []))
            .order_by("shared_at", "pk")
        )

    @property
    def notes(self):
        return [share for share in self.shares if share.consultation_id]

    @property
    def versions(self):
        return list({share.plan_version: None for share in self.shares if share.plan_version_id})

    @cached_property
    def cycles(self):
        found = {}
        for version in sorted(self.versions, key=lambda version: (version.plan.cycle, version.number)):
            found.setdefault(version.plan_id, []).append(version)
        return [Cycle(rows[0].plan, reading.version_to_show(rows), rows) for rows in found.values()]

    @cached_property
    def reviews(self):
        """The oldest first, with ratings and answers."""
        ratings, answers = (
            GoalRating.objects.select_related("goal"),
            StepAnswer.objects.select_related("step"),
        )
        return list(
            Review.objects.visible_to(self.role)
            .filter(plan_version__in=[version.pk for version in self.versions])
            .select_related("plan", "reviewed_by")
            .prefetch_related(*([Prefetch("ratings", ratings), Prefetch("answers", answers)] * self.parts))
            .order_by("reviewed_at", "pk")
        )

    @cached_property
    def meetings(self):
        plans = {version.plan_id for version in self.versions}
        meetings = ParentsMeeting.objects.visible_to(self.role).filter(plan__in=plans)
        return list(meetings.select_related("plan", "written_by"))

    @cached_property
    def copies(self):
        """Copies for parents or carers that were handed over and stand open."""
        return list(self.texts_for(Audience.PARENTS).select_related("plan", "shared_by"))

    @cached_property
    def moves(self):
        moves = StageMove.objects.visible_to(self.role).filter(case=self.case)
        return list(moves.select_related("written_by")) if self.shares else []

    @cached_property
    def updates(self):
        """What was heard of referrals, where the school may be told of it; the oldest first."""
        updates = ReferralUpdate.objects.visible_to(self.role).filter(referral__case=self.case)
        told = updates.told_to_the_school(self.role)
        return list(told.select_related("referral", "written_by"))

    def shares_of(self, versions):
        wanted = {version.pk for version in versions}
        return [share for share in self.shares if share.plan_version_id in wanted]


def newest_of_each(updates):
    """The newest update of each referral, in the order of the referrals."""
    return list({update.referral_id: update for update in updates}.values())
