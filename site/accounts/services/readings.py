from accounts.models import Reading


def log_reading(case, *, role, record, door, at, reason=""):
    """One row for one opening of a case or of anything that belongs to it."""
    return Reading.objects.create(
        person_id=role.person_id,
        role=role,
        case=case,
        record=str(record),
        door=door,
        read_at=at,
        reason=reason,
    )


def log_readings(cases, *, role, record, door, at):
    """One row for each case that one page gave out, in one question."""
    same = {"person_id": role.person_id, "role": role, "record": str(record), "door": door, "read_at": at}
    Reading.objects.bulk_create(Reading(case=case, **same) for case in cases)
