from .person import PersonForm

__all__ = ["PersonForm"]
