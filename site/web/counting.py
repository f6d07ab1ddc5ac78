"""Several numbers in one question to the database."""

from django.db.models import Count, Subquery, Value
from django.db.models.functions import Coalesce

ROWS = Count("*")


def how_many(rows, of=ROWS):
    """The number of rows, or of something else in them, as a column of another question."""
    counted = rows.order_by().values(every=Value(1)).annotate(number=of).values("number")
    return Coalesce(Subquery(counted), 0)
