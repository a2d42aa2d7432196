"""Rows of pictures at their true shapes, every row as wide as the wall and none much higher than another."""

from collections.abc import Sequence
from functools import lru_cache
from math import log

#: Extreme shapes stand on their ground: see `--shape` in wall.css.
NARROWEST, WIDEST = 0.45, 8.0
#: A lead row is about as wide as one landscape, whatever the shapes of its pictures.
LEAD_RATIO = 1.34
#: A last row with too few pictures is not blown up further than this.
HIGHEST = 1.5


@lru_cache(maxsize=1024)
def rows(ratios: tuple[float, ...], units: float) -> list[tuple[int, float]]:
    """For every picture how many stand in its row, and the ratios its row is as wide as.

    `units` is what a row holds at its ideal height, a picture of 3:2 being 1.5. The row breaks that keep all
    heights nearest to it together win, which a browser that fills row after row cannot know.
    """
    shapes = [min(max(ratio, NARROWEST), WIDEST) for ratio in ratios]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(shapes) + 1):
        width, found = 0.0, (float("inf"), end - 1)
        for start in range(end - 1, -1, -1):
            width += shapes[start]
            cost = best[start][0] + _strain(width, units, is_last=end == len(shapes))
            found = min(found, (cost, start))
            if width > 2.5 * units:
                break
        best.append(found)
    laid: list[tuple[int, float]] = []
    end = len(shapes)
    while end:
        start = best[end][1]
        width = sum(shapes[start:end])
        if end == len(shapes):
            width = max(width, units / HIGHEST)
        laid = [(end - start, width)] * (end - start) + laid
        end = start
    return laid


def lead_row(ratios: Sequence[float]) -> tuple[int, float]:
    """How many of the first pictures stand in the lead row of a room, and the ratio they have together: one
    landscape by itself, or as many narrow ones as are as wide as that."""
    width = 0.0
    for number, ratio in enumerate(ratios, start=1):
        width += min(max(ratio, NARROWEST), WIDEST)
        if width >= LEAD_RATIO:
            return number, width
    return len(ratios), width


def _strain(width: float, units: float, *, is_last: bool) -> float:
    """How far a row's height is from the ideal, and how much of a last row is left bare."""
    least = units / HIGHEST
    if is_last and width < least:
        return log(HIGHEST) ** 2 + (least - width) / least / 2
    return log(units / width) ** 2
