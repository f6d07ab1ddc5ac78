from django.db import migrations

from consultations.headway import Changed, Rated, Reviewed, moved, run_over, steps_differ

AGREED = ("agreed", "replaced")
DEFAULT = 2


def count_headway(apps, schema_editor):
    """Of reviews made before the columns were there: whether a goal moved, and the run that follows."""
    for plan in apps.get_model("consultations", "Plan").objects.order_by("case_id", "cycle"):
        events = []
        for review in plan.reviews.order_by("pk"):
            found = moved(ratings_of(review), review.overall, last_ratings(apps, plan, review))
            keep(apps, "Review", review.pk, moved=found)
            events.append((review.reviewed_at, Reviewed(found, review.reviewed_at.date())))
        events += [(at, Changed()) for at in changes_of(plan)]
        run = run_over([event for _, event in sorted(events, key=lambda pair: pair[0])], DEFAULT)
        if run:
            keep(apps, "Plan", plan.pk, without_headway=len(run))


def ratings_of(review):
    rows = review.ratings.select_related("goal")
    return [Rated(row.goal.identity, row.rating, row.goal.expected, row.goal.rating) for row in rows]


def last_ratings(apps, plan, review):
    ratings = apps.get_model("consultations", "GoalRating").objects
    before = ratings.filter(review__plan__case=plan.case_id, review__lt=review.pk).order_by("review")
    return dict(before.values_list("goal__identity", "rating"))


def changes_of(plan):
    """When a version was agreed that says otherwise what adults do."""
    versions = list(plan.versions.filter(status__in=AGREED).order_by("number"))
    pairs = zip(versions, versions[1:], strict=False)
    return [new.agreed_at for old, new in pairs if steps_differ(old.steps.all(), new.steps.all())]


def keep(apps, name, pk, **values):
    """In the row, and in the newest row of its history, which says the same as the row."""
    apps.get_model("consultations", name).objects.filter(pk=pk).update(**values)
    history = apps.get_model("consultations", f"Historical{name}").objects
    newest = history.filter(id=pk).order_by("history_id").last()
    history.filter(history_id=newest.history_id).update(**values)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0013_the_cycle_in_depth")]

    operations = [migrations.RunPython(count_headway, migrations.RunPython.noop)]
