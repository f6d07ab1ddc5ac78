from .library import Library
from .read import ReadPage
from .strategy import Strategy
from .topic import Topic

__all__ = ["Library", "ReadPage", "Strategy", "Topic"]
