"""What the pages of plans and of consent show, read in a fixed number of queries."""

from django.utils.html import format_html

from accounts.models import Reading, RoleRow
from consultations.headway import in_the_run
from consultations.models import (
    Consent,
    Goal,
    GoalRating,
    PlanVersion,
    Purpose,
    ReferralUpdate,
    Review,
    StepAnswer,
)
from consultations.querysets.plan import steps_for_page
from web.prepared import attach, prepared
from web.words import longdate

Status = PlanVersion.Status


def versions_of(plan, role):
    """The versions this role may see, with their content, the oldest first."""
    versions = _versions(role, plan.pk)
    attach_content(versions)
    return versions


def attach_content(versions):
    """Reads what these versions hold: their goals and steps."""
    attach(versions, "goals", _goals)
    attach(versions, "steps", _steps)


@prepared
def _versions(role, plan_pk):
    seen = PlanVersion.objects.visible_to(role).filter(plan=plan_pk)
    return seen.with_people().order_by("number")


@prepared
def _goals(version_pks):
    return Goal.objects.filter(plan_version__in=version_pks)


@prepared
def _steps(version_pks):
    return steps_for_page().filter(plan_version__in=version_pks)


def version_to_show(versions):
    """The version in force; before there is one, the newest. A discarded draft where nothing else is."""
    agreed = [version for version in versions if version.status == Status.AGREED]
    replaced = [version for version in versions if version.status == Status.REPLACED]
    kept = [version for version in versions if version.status != Status.DISCARDED]
    return (agreed or replaced[-1:] or kept[-1:] or versions[-1:] or [None])[0]


def in_force(versions):
    return next((version for version in versions if version.status == Status.AGREED), None)


def in_force_at(versions, moment):
    """The version that was in force at a moment that has passed."""
    agreed = [version for version in versions if version.agreed_at and version.agreed_at <= moment]
    return agreed[-1] if agreed else None


def written_last(versions):
    """What the next version begins from: the newest, but for a change from the school that was not agreed and
    for drafts that were discarded; where nothing else was written, one of those."""
    dropped = (Status.SENT_BACK, Status.TAKEN_BACK)
    kept = [
        version
        for version in versions
        if version.status != Status.DISCARDED and not (version.from_school and version.status in dropped)
    ]
    return (kept or versions)[-1]


def compared_with(versions, version):
    """What a version is read beside: the one in force, else the one before; None for the first."""
    earlier = [
        other for other in versions if other.number < version.number and other.status != Status.DISCARDED
    ]
    return in_force(earlier) or (earlier[-1] if earlier else None)


def sent_back_last(versions):
    """The version whose answer was to ask for a change, while nothing newer was sent."""
    newest = last_sent(versions)
    return newest if newest and newest.status == Status.SENT_BACK else None


def waiting(versions):
    """The version that was sent and waits to be agreed, if there is one."""
    return next((version for version in versions if version.status == Status.SENT), None)


def last_sent(versions):
    return next((version for version in reversed(versions) if version.sent_at), None)


def draft_among(versions):
    return next((version for version in versions if version.status == Status.DRAFT), None)


def life_of(version, versions):
    """What became of a version, in order: (what, who, when, their words). `versions` are those in sight."""
    to = "clinician" if version.from_school else "school"
    job = f"{version.agreed_by}, {version.agreed_by_job}" if version.agreed_by_job else version.agreed_by
    withdrawn = Status.DISCARDED.label if version.status == Status.DISCARDED else Status.TAKEN_BACK.label
    agreed_since = [other for other in versions if other.number > version.number and other.agreed_at]
    replaced = agreed_since[0] if version.status == Status.REPLACED and agreed_since else None
    rows = [
        ("Written", version.written_by, version.written_at, version.why_changed),
        (f"Sent to the {to}", version.sent_by, version.sent_at, ""),
        ("Agreed", job, version.agreed_at, ""),
        ("Change asked for", version.change_asked_by, version.change_asked_at, version.change_asked),
        (withdrawn, version.taken_back_by, version.taken_back_at, ""),
    ]
    if replaced:
        rows.append((f"Replaced by version {replaced.number}", None, replaced.agreed_at, ""))
    return [row for row in rows if row[2]]


def reviews_of_case(plan, role):
    """Every review of the case up to this cycle, the oldest first, with ratings and answers."""
    reviews = _reviews(role, plan.case_id, plan.cycle)
    attach_answers(reviews)
    return reviews


def rated_reviews_of_case(plan, role):
    """Every review of the case up to this cycle, the oldest first, with ratings alone."""
    reviews = _reviews(role, plan.case_id, plan.cycle)
    attach(reviews, "ratings", _ratings)
    return reviews


def attach_answers(reviews):
    """Reads what these reviews found: the ratings, and the answer about each step."""
    attach(reviews, "ratings", _ratings)
    attach(reviews, "answers", _answers)


@prepared
def _reviews(role, case_pk, cycle):
    reviews = Review.objects.visible_to(role).filter(plan__case=case_pk, plan__cycle__lte=cycle)
    return reviews.select_related("plan", "reviewed_by").order_by("reviewed_at", "pk")


@prepared
def _ratings(review_pks):
    return GoalRating.objects.filter(review__in=review_pks).select_related("goal")


@prepared
def _answers(review_pks):
    return StepAnswer.objects.filter(review__in=review_pks).select_related("step")


def last_ratings(goals, reviews):
    """For each goal, by identity, the last rating as (rating, when): of a review, else of the start."""
    found = {goal.identity: (goal.rating, None) for goal in goals}
    for review in reviews:
        for row in review.ratings.all():
            found[row.goal.identity] = (row.rating, review.reviewed_at)
    return found


def referrals_told(case, role):
    """The newest update of each referral of a case that the school may be told, the oldest referral first."""
    newest = {update.referral_id: update for update in _updates_told(role, case)}
    return list(newest.values())


@prepared
def _updates_told(role, case_pk):
    updates = ReferralUpdate.objects.visible_to(role).told_to_the_school(role)
    return updates.filter(referral__case=case_pk).select_related("referral")


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


def past_the_rule(plan, reviews):
    """Since when a plan cannot go on unchanged, and what was chosen and not done; None while it can.

    `plan` is read `with_headway_limit`; `reviews` are those of its case that the reader may see: a run goes
    on from cycle to cycle. Link staff may not see all of them any more: then since when is None.
    """
    if plan.ended_on or plan.without_headway < plan.headway_limit:
        return None
    run = in_the_run(reviews, plan.without_headway)
    whole = len(run) == plan.without_headway
    since = run[plan.headway_limit - 1].reviewed_at if whole else None
    return {"since": since, "chosen": _promised(run)}


def _promised(run):
    """What was chosen at the reviews of a run, when first and by whom; "" where nothing was. What is done
    ends the run, so that what was chosen in it is not done."""
    first = {}
    for review in run:
        first.setdefault(review.what_next, review)
    said = [
        f"On {longdate(one.reviewed_at)} {one.reviewed_by} chose: {one.get_what_next_display().lower()}."
        for what, one in first.items()
        if what
    ]
    ending = "It has not been done yet." if len(said) == 1 else "None of these has been done yet."
    return " ".join([*said, ending]) if said else ""


def confidence_over_time(version, reviews):
    """(0 to 10, when) at the start and at each review that asked; when is None at the start."""
    found = [(version.confidence, None)]
    found += [(review.confidence, review.reviewed_at) for review in reviews]
    return [(value, when) for value, when in found if value is not None]


def referrals_with_updates(updates):
    """[(referral, its updates)], the oldest of both first."""
    found = {}
    for update in updates:
        found.setdefault(update.referral, []).append(update)
    return list(found.items())
