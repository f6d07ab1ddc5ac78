"""What a change of a record is given."""

from django.utils import timezone

COLUMNS = {"minutes": 30, "concern": "Robin cries at the gate most mornings."}


def opened(record, by):
    """As whoever opens a page of it now sends it."""
    record.refresh_from_db()
    return {"by": by, "at": timezone.now(), "opened_version": record.version}
