"""The institution's colour, made legible. Whatever colour an editor chooses, text in it can be read.

Contrast is WCAG 2.2's ratio of relative luminances, 1 to 21; 4.5 is the least for text.
"""

import colorsys
import re
from dataclasses import dataclass

#: The grounds of base.css that text stands on: the worse of page and panel in each scheme.
LIGHT_GROUND, DARK_GROUND = "#f5f4f2", "#1f1f1e"
LEAST_CONTRAST = 4.5
#: Hovering: the same colour a little further from the ground.
STRONGER = 7.0
HEX = re.compile(r"#[0-9a-f]{6}")


def contrast(one: str, other: str) -> float:
    """Between two colours, `#rrggbb` each.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return round((lighter + 0.05) / (darker + 0.05), 2)


def legible(colour: str, ground: str, *, least: float = LEAST_CONTRAST) -> str:
    """`colour`, or the nearest lighter or darker shade of it that has `least` contrast on `ground`."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    away = -1 if _luminance(ground) > 0.18 else 1
    shade = colour
    while contrast(shade, ground) < least and 0 < lightness + away * 0.005 < 1:
        lightness += away * 0.005
        shade = _written(colorsys.hls_to_rgb(hue, lightness, saturation))
    return shade


@dataclass(frozen=True)
class Accents:
    """One colour as each scheme needs it: for text and lines, for hovering, and for words on top of it."""

    light: str
    light_strong: str
    on_light: str
    dark: str
    dark_strong: str
    on_dark: str

    @classmethod
    def of(cls, colour: str) -> "Accents":
        light, dark = legible(colour, LIGHT_GROUND), legible(colour, DARK_GROUND)
        return cls(
            light=light,
            light_strong=legible(colour, LIGHT_GROUND, least=STRONGER),
            on_light=_on(light),
            dark=dark,
            dark_strong=legible(colour, DARK_GROUND, least=STRONGER),
            on_dark=_on(dark),
        )


def _on(colour: str) -> str:
    return max("#ffffff", "#101010", key=lambda ink: contrast(ink, colour))


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _written(channels: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
