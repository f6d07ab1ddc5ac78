"""What of a case the school can read on a day: the same for whoever of the case's people asks."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from accounts.models import RoleRow
from consultations import reading
from consultations.models import Case, ParentsMeeting, ReferralUpdate, Review, Share, StageMove
from web.prepared import padded, prepared

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

    @cached_property
    def shares(self):
        """The texts for link staff, the oldest first."""
        shares = _texts_for_school(self.role, self.case.pk, self.on)
        if self.version_parts:
            reading.attach_content([share.plan_version for share in shares if share.plan_version_id])
        return shares

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
        reviews = _reviews_of(self.role, padded(version.pk for version in self.versions))
        if self.parts:
            reading.attach_answers(reviews)
        return reviews

    @cached_property
    def meetings(self):
        return _meetings_of(self.role, padded({version.plan_id for version in self.versions}))

    @cached_property
    def copies(self):
        """Copies for parents or carers that were handed over and stand open."""
        return _copies(self.role, self.case.pk, self.on)

    @cached_property
    def moves(self):
        return _moves(self.role, self.case.pk) if self.shares else []

    @cached_property
    def updates(self):
        """What was heard of referrals, where the school may be told of it; the oldest first."""
        return _updates_told(self.role, self.case.pk)

    def shares_of(self, versions):
        wanted = {version.pk for version in versions}
        return [share for share in self.shares if share.plan_version_id in wanted]

    def can_repeat(self, version):
        """Whether a paper can hand out a version: not without its own text, whatever the reviews rest on."""
        return bool(self.shares_of([version]))


def newest_of_each(updates):
    """The newest update of each referral, in the order of the referrals."""
    return list({update.referral_id: update for update in updates}.values())


def _open_texts(role, case_pk, audience, on):
    return Share.objects.visible_to(role).filter(case=case_pk, audience=audience).open_on(on)


@prepared
def _texts_for_school(role, case_pk, on):
    people = [f"plan_version__{name}" for name in ("sent_by", "agreed_by", "change_asked_by")]
    shares = _open_texts(role, case_pk, Audience.LINK_STAFF, on)
    return shares.select_related("shared_by", "plan_version__plan", *people).order_by("shared_at", "pk")


@prepared
def _copies(role, case_pk, on):
    return _open_texts(role, case_pk, Audience.PARENTS, on).select_related("plan", "shared_by")


@prepared
def _reviews_of(role, version_pks):
    reviews = Review.objects.visible_to(role).filter(plan_version__in=version_pks)
    return reviews.select_related("plan", "reviewed_by").order_by("reviewed_at", "pk")


@prepared
def _meetings_of(role, plan_pks):
    meetings = ParentsMeeting.objects.visible_to(role).filter(plan__in=plan_pks)
    return meetings.select_related("plan", "written_by")


@prepared
def _moves(role, case_pk):
    return StageMove.objects.visible_to(role).filter(case=case_pk).select_related("written_by")


@prepared
def _updates_told(role, case_pk):
    updates = ReferralUpdate.objects.visible_to(role).filter(referral__case=case_pk)
    return updates.told_to_the_school(role).select_related("referral", "written_by")
