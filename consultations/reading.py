"""What the pages of plans and of consent show, read in a fixed number of queries."""

from django.db.models import Prefetch
from django.utils.html import format_html

from accounts.models import Reading, RoleRow
from consultations.models import Consent, GoalRating, PlanVersion, Purpose, ReferralUpdate, Review, StepAnswer

Status = PlanVersion.Status


def versions_of(plan, role):
    """The versions this role may see, with their content, the oldest first."""
    return list(PlanVersion.objects.visible_to(role).filter(plan=plan).with_content().order_by("number"))


def version_to_show(versions):
    """The version in force; before there is one, the newest."""
    agreed = [version for version in versions if version.status == Status.AGREED]
    replaced = [version for version in versions if version.status == Status.REPLACED]
    return (agreed or replaced[-1:] or versions[-1:] or [None])[0]


def waiting(versions):
    """The version that was sent and waits to be agreed, if there is one."""
    return next((version for version in versions if version.status == Status.SENT), None)


def last_sent(versions):
    return next((version for version in reversed(versions) if version.sent_at), None)


def draft_among(versions):
    return next((version for version in versions if version.status == Status.DRAFT), None)


def reviews_of_case(plan, role):
    """Every review of the case up to this cycle, the oldest first, with ratings and answers."""
    return list(
        Review.objects.visible_to(role)
        .filter(plan__case=plan.case_id, plan__cycle__lte=plan.cycle)
        .select_related("plan", "reviewed_by")
        .prefetch_related(
            Prefetch("ratings", GoalRating.objects.select_related("goal")),
            Prefetch("answers", StepAnswer.objects.select_related("step")),
        )
        .order_by("reviewed_at", "pk")
    )


def last_ratings(goals, reviews):
    """For each goal, by identity, the last rating as (rating, when): of a review, else of the start."""
    found = {goal.identity: (goal.rating, None) for goal in goals}
    for review in reviews:
        for row in review.ratings.all():
            found[row.goal.identity] = (row.rating, review.reviewed_at)
    return found


def referrals_of(case, role):
    """The newest update of each referral of a case that this role may see, the oldest referral first."""
    updates = ReferralUpdate.objects.visible_to(role).filter(referral__case=case)
    newest = {update.referral_id: update for update in updates.select_related("referral")}
    return list(newest.values())


def printed_before(paper):
    """Whether anybody has had a paper that was handed out as a PDF."""
    door = "consultations:paper-pdf"
    return Reading.objects.filter(case=paper.case_id, door=door, record=str(paper)).exists()


def readers_at(partnership, on):
    """The names of the link staff who will read what is shared with a school, in the order they came."""
    rows = RoleRow.objects.current(on).filter(kind=RoleRow.Kind.LINK_STAFF, partnership=partnership)
    return [str(row.person) for row in rows.select_related("person").order_by("pk")]


def shared_block(text):
    """A shared text: the same bytes in a preview, on the page that shares it and for whoever reads it."""
    return format_html('<div class="app-shared"><p class="app-pre-line">{}</p></div>', text)


def consent_by_purpose(consents, on):
    """For each purpose what it comes to on the day `on`. `consents` are those of one case, newest first."""
    newest = {consent.purpose: consent for consent in reversed(consents)}
    return [in_force_for(purpose, newest.get(purpose), on) for purpose in Purpose]


def in_force_for(purpose, consent, on):
    return {
        "purpose": purpose,
        "consent": consent,
        "words": consent.in_words(on) if consent else "Nobody has been asked",
        "holds": bool(consent) and consent.in_force(on),
        "soon": bool(consent) and consent.runs_out_soon(on),
    }


def record_of_answers(consents):
    """(consent, history row of its writing, that of its withdrawal or None), in the order given."""
    rows = Consent.history.filter(id__in=[consent.pk for consent in consents]).order_by("history_id")
    written, withdrawn = {}, {}
    for row in rows.select_related("history_user"):
        written.setdefault(row.id, row)
        if row.withdrawn_at:
            withdrawn.setdefault(row.id, row)
    return [(consent, written[consent.pk], withdrawn.get(consent.pk)) for consent in consents]
