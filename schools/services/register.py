"""Write a read register file into the schools. Each run keeps its own report of old and new values."""

from django.db import transaction

from schools.models import RegisterChange, RegisterRun, School

from .register_rows import COLUMNS

BATCH = 1000


@transaction.atomic
def apply_schools(found, *, on, progress):
    """Add, change, close and reopen schools as `found` (a SchoolsFile) has them. Returns the RegisterRun.

    Nothing is deleted. `on` is the day a school counts as closed from where the file does not say. A school
    of a judged authority that the file does not name is marked as gone; it keeps everything else.
    """
    run = RegisterRun(file_name=found.name[:255], refused=len(found.refused))
    known = {school.urn: school for school in School.objects.all()}
    to_save, changes = [], []
    for urn, values in found.schools.items():
        school = known.get(urn)
        if school is None:
            to_save.append(_new_school(urn, values, on))
            changes.append(RegisterChange(urn=urn, field="added", new=values["name"]))
            run.added += 1
            continue
        _count(run, school, _take_over(school, _with_closing(values, school.closed_on, on)), to_save, changes)
    for school in _gone(known.values(), found):
        gone = {"status": School.NOT_IN_FILE, "closed_on": on}
        _count(run, school, _take_over(school, gone), to_save, changes)
    changes += [RegisterChange(urn=r.urn[:20], field="refused", new=str(r)[:300]) for r in found.refused]
    run.save()
    _write(run, to_save, changes, progress)
    return run


def _new_school(urn, values, on):
    return School(urn=urn, **_with_closing(values, None, on))


def _with_closing(values, closed_on, on):
    """The row's values with the day of closing only where the row says closed.

    Without a day in the file a school closed before keeps the day it has, so a second run changes nothing.
    """
    if not values["status"].casefold().startswith("closed"):
        return values | {"closed_on": None}
    return values | {"closed_on": values.get("closed_on") or closed_on or on}


def _gone(schools, found):
    return [s for s in schools if s.la_code in found.judged and not s.closed_on and s.urn not in found.urns]


def _take_over(school, values):
    """Set the values that differ. Returns them as (field, old, new)."""
    changed = [
        (name, getattr(school, name), new) for name, new in values.items() if getattr(school, name) != new
    ]
    for name, _old, new in changed:
        setattr(school, name, new)
    return changed


def _count(run, school, changed, to_save, changes):
    if not changed:
        run.unchanged += 1
        return
    if any(name == "closed_on" and not old for name, old, _new in changed):
        run.closed_or_left += 1
    else:
        run.changed += 1
    to_save.append(school)
    changes += [
        RegisterChange(urn=school.urn, field=name, old=_printed(old), new=_printed(new))
        for name, old, new in changed
    ]


def _printed(value):
    return "" if value is None else str(value)


def _write(run, schools, changes, progress):
    """One statement for new and known schools alike: updating row by row takes minutes on the full file."""
    for batch in progress(_batches(schools), "Writing schools"):
        School.objects.bulk_create(
            [School(urn=s.urn, **{name: getattr(s, name) for name in COLUMNS}) for s in batch],
            update_conflicts=True,
            unique_fields=["urn"],
            update_fields=list(COLUMNS),
        )
    for change in changes:
        change.run = run
    for batch in progress(_batches(changes), "Writing the report"):
        RegisterChange.objects.bulk_create(batch)


def _batches(rows):
    return [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]
