from .plan import file_name, plan_pdf

__all__ = ["file_name", "plan_pdf"]
