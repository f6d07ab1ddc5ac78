"""Whether what the database holds of the cases is what was written, by its chains.

Everything is read in batches, in fixed memory. Findings say where and when, and nothing that was written.
"""

from .chains import check_chain, check_stubs
from .receipt import BadReceipt, check_receipt, write_receipt
from .records import check_records
from .rows import Finding, snapshot

__all__ = [
    "BadReceipt",
    "Finding",
    "check_chain",
    "check_receipt",
    "check_records",
    "check_stubs",
    "snapshot",
    "write_receipt",
]
