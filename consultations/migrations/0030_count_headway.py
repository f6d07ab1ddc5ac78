from django.db import migrations

AGREED = ("agreed", "replaced")
# The headway rule as it was when this was written, so that a later one does not change what was counted.
WITHOUT_RATINGS = {
    "going_well": True,
    "some_progress": True,
    "finished": True,
    "not_working": False,
    "stopped": None,
}


def count_headway(apps, schema_editor):
    """Of reviews made before the columns were there: whether a goal moved, and the run that follows.

    The run goes on from cycle to cycle of a case. Of meetings and referrals, which end it too, none is
    older than the columns.
    """
    case, run, in_force = None, 0, None
    for plan in apps.get_model("consultations", "Plan").objects.order_by("case_id", "cycle"):
        if plan.case_id != case:
            case, run, in_force = plan.case_id, 0, None
        events = []
        for review in plan.reviews.order_by("pk"):
            found = moved(review, last_ratings(apps, plan, review))
            keep(apps, "Review", review.pk, moved=found)
            events.append((review.reviewed_at, found))
        for version in plan.versions.filter(status__in=AGREED).order_by("number"):
            steps = what_adults_do(version)
            if in_force not in (None, steps):
                events.append((version.agreed_at, True))
            in_force = steps
        run = run_on(run, [ended for _, ended in sorted(events, key=lambda event: event[0])])
        if run:
            keep(apps, "Plan", plan.pk, without_headway=run)


def run_on(run, events):
    """The run after these: True ends it, False is one more review that found nothing moved, None is left out."""
    for ended in events:
        if ended is not None:
            run = 0 if ended else run + 1
    return run


def moved(review, last):
    """Whether a goal is nearer its expected value than when it was last rated, or than at its start."""
    rows = list(review.ratings.select_related("goal"))
    if not rows:
        return WITHOUT_RATINGS[review.overall]
    return any(
        abs(row.goal.expected - row.rating)
        < abs(row.goal.expected - last.get(row.goal.identity, row.goal.rating))
        for row in rows
    )


def last_ratings(apps, plan, review):
    ratings = apps.get_model("consultations", "GoalRating").objects
    before = ratings.filter(review__plan__case=plan.case_id, review__lt=review.pk).order_by("review")
    return dict(before.values_list("goal__identity", "rating"))


def what_adults_do(version):
    """And how often. Who does it, a note and from when do not count."""
    return sorted((step.what, step.how_often) for step in version.steps.all())


def keep(apps, name, pk, **values):
    """In the row, and in the newest row of its history, which says the same as the row."""
    apps.get_model("consultations", name).objects.filter(pk=pk).update(**values)
    history = apps.get_model("consultations", f"Historical{name}").objects
    newest = history.filter(id=pk).order_by("history_id").last()
    history.filter(history_id=newest.history_id).update(**values)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0013_the_cycle_in_depth")]

    operations = [migrations.RunPython(count_headway, migrations.RunPython.noop)]
