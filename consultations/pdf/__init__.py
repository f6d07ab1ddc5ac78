from .parents_copy import parents_copy_pdf
from .plan import file_name, plan_pdf

__all__ = ["file_name", "parents_copy_pdf", "plan_pdf"]
