from .overview import overview_of
from .periods import Period, periods_for

__all__ = ["Period", "overview_of", "periods_for"]
