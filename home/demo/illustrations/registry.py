"""Which function draws which motif."""

from collections.abc import Callable

from PIL import Image

from .canvas import Canvas

Drawing = Callable[[Canvas], Image.Image]

MOTIFS: dict[str, Drawing] = {}


def motif(name: str) -> Callable[[Drawing], Drawing]:
    """Register the decorated function as the drawing called `name`; ValueError if the name is taken."""

    def register(drawing: Drawing) -> Drawing:
        if name in MOTIFS:
            raise ValueError(f"Two drawings are called {name!r}.")
        MOTIFS[name] = drawing
        return drawing

    return register
