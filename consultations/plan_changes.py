"""What changed from version to version of a plan: who, when, why, field by field, in words."""

from copy import copy
from uuid import uuid4

from accounts.history import Change
from consultations.models import Goal, PlanVersion, Step

FIELDS = [
    "concern",
    "strengths",
    "tried",
    "childs_view",
    "parents_view",
    "parents_know",
    "parents_why",
    "if_not_reached",
    "review_on",
    "confidence",
]
GOAL_FIELDS = ["rating", "expected", "rated_by", "at_zero", "at_ten"]
STEP_FIELDS = ["who_was", "how_often", "from_on", "note"]


def plan_changes(versions, reviews):
    """Entries, the newest first. `versions` are those the reader may see, the oldest first."""
    found = []
    before = None
    for version in versions:
        found += version_entries(before, version)
        before = before if version.status == PlanVersion.Status.DISCARDED else version
    for review in reviews:
        said = f"{review}. Note: {review.note}" if review.note else str(review)
        found.append(Change(review.reviewed_at, str(review.reviewed_by), "", "Review", "", said))
    return sorted(found, key=lambda change: change.at, reverse=True)


def version_entries(before, version):
    at, by = version.sent_at or version.written_at, str(version.sent_by or version.written_by)
    why = version.why_changed or ("First version" if before is None else "Written again")
    name = f"Version {version.number}"
    to = "clinician" if version.from_school else "school"
    found = [Change(at, by, why, name, "", f"Sent to the {to}" if version.sent_at else "Draft")]
    if before is not None:
        found += [Change(at, by, why, *difference) for difference in differences(before, version)]
    if version.agreed_at:
        found.append(Change(version.agreed_at, str(version.agreed_by), "", name, "Sent", "Agreed"))
    if version.change_asked:
        found.append(
            Change(
                version.change_asked_at,
                str(version.change_asked_by),
                version.change_asked,
                name,
                "Sent",
                "Sent back",
            )
        )
    if version.taken_back_at:
        at, by = version.taken_back_at, str(version.taken_back_by)
        found.append(
            Change(at, by, "", name, "Sent" if version.sent_at else "Draft", version.get_status_display())
        )
    return found


def differences(old, new, days=None):
    """(field, old, new) for everything that reads differently, the review date that was in force included.

    `days` are the review date in force now and the one to come, where the new version waits to be agreed.
    """
    in_force, to_come = copy(old), copy(new)
    if days:
        in_force.review_on, to_come.review_on = days
    else:
        reviews = [review for review in old.reviews.all() if review.reviewed_at < new.written_at]
        in_force.review_on = (reviews and reviews[-1].next_review_on) or old.review_on
    found = field_differences(in_force, to_come)
    found += part_differences("Goal", GOAL_FIELDS, old.goals.all(), new.goals.all())
    found += part_differences("Step", STEP_FIELDS, old.steps.all(), new.steps.all())
    return found


def typed_differences(saved, content):
    """(name, question, as saved now, as typed) for all that a form says otherwise than the saved version.

    Goals are one answer, and so are steps: a choice between halves of a row would make a third version.
    """
    goals = [as_part(Goal, saved.goals.all(), vars(goal)) for goal in content.goals]
    began = {step.what: step.from_on for step in saved.steps.all()}
    steps = [as_part(Step, saved.steps.all(), step_values(row, began)) for row in content.steps]
    typed = copy(saved)
    for name, value in content.fields.items():
        setattr(typed, name, value)
    found = [(name, label(saved, name), shown(saved, name), shown(typed, name)) for name in FIELDS]
    found.append(together("goals", part_differences("Goal", GOAL_FIELDS, saved.goals.all(), goals)))
    found.append(together("steps", part_differences("Step", STEP_FIELDS, saved.steps.all(), steps)))
    return [row for row in found if row[2] != row[3]]


def together(name, rows):
    """The differences of several rows as one."""
    before, after = ([f"{what}: {row[side]}" for what, *row in rows if row[side]] for side in (0, 1))
    return name, name.capitalize(), "\n".join(before), "\n".join(after)


def step_values(row, began):
    return row.columns() | {"from_on": row.from_on or began.get(row.what)}


def as_part(model, saved_parts, values):
    part = model(**values)
    identities = {saved.words: saved.identity for saved in saved_parts}
    part.identity = identities.get(part.words) or uuid4()
    return part


def field_differences(old, new):
    found = [(label(new, name), shown(old, name), shown(new, name)) for name in FIELDS]
    return [(what, before, after) for what, before, after in found if before != after]


def part_differences(kind, names, old_parts, new_parts):
    old_by = {part.identity: part for part in old_parts}
    new_by = {part.identity: part for part in new_parts}
    gone = [part for key, part in old_by.items() if key not in new_by]
    come = [part for key, part in new_by.items() if key not in old_by]
    found = [(f"{kind} taken out", named_beside(part, come), "") for part in gone]
    found += [(f"{kind} added", "", named_beside(part, gone)) for part in come]
    for key in [key for key in new_by if key in old_by]:
        old, new = old_by[key], new_by[key]
        found += [
            (f"{kind} “{new.what}”: {label(new, name).lower()}", shown(old, name), shown(new, name))
            for name in names
            if shown(old, name) != shown(new, name)
        ]
    return found


def named_beside(part, others):
    """What a part says; a goal its ends too, where they alone tell it from one of `others`."""
    if not isinstance(part, Goal) or part.what not in [other.what for other in others]:
        return part.what
    return f"{part.what} (0: {part.at_zero}, 10: {part.at_ten})"


def label(record, name):
    text = str(record._meta.get_field(name).verbose_name)
    return text[:1].upper() + text[1:]


def shown(record, name):
    if record._meta.get_field(name).choices:
        return getattr(record, f"get_{name}_display")()
    value = getattr(record, name)
    if hasattr(value, "strftime"):
        return f"{value.day} {value:%B %Y}"
    return "" if value is None else str(value)
