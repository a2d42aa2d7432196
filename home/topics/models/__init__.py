from .impact_figure import ImpactFigure
from .theme import Theme

__all__ = ["ImpactFigure", "Theme"]
