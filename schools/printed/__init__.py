"""What papers about time and money say, as blocks and figures. No case is read for them."""

from .invoice import credit_note_blocks, invoice_blocks
from .statement import Told, statement_blocks, statement_figures

__all__ = ["Told", "credit_note_blocks", "invoice_blocks", "statement_blocks", "statement_figures"]
