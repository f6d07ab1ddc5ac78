"""Whether the ledger, the visits, the orders and the papers about money say the same. Reads only.

One pot is read at a time, and what is owed one school at a time, line by line, whatever the size of the
database.
"""

from .found import Difference
from .orders import order_differences
from .owed import owed_differences
from .papers import paper_differences
from .pots import pot_differences
from .snapshot import snapshot

__all__ = ["Difference", "differences", "snapshot"]


def differences(count=lambda: None):
    """Every difference there is. `count` is called after each pot."""
    for found in pot_differences():
        if found is None:
            count()
        else:
            yield found
    yield from owed_differences()
    yield from order_differences()
    yield from paper_differences()
