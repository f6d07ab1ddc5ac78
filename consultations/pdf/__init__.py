from .handed_out import handed_out_file_name, handed_out_pdf
from .parents_copy import parents_copy_pdf
from .plan import file_name, plan_pdf
from .visit_sheet import visit_sheet_file_name, visit_sheet_pdf

__all__ = [
    "file_name",
    "handed_out_file_name",
    "handed_out_pdf",
    "parents_copy_pdf",
    "plan_pdf",
    "visit_sheet_file_name",
    "visit_sheet_pdf",
]
