"""Colours a file names in numbers instead of a profile: code points (ITU-T H.273), or PNG's gAMA and cHRM."""

from dataclasses import dataclass
from typing import Final

from cms.images.refusal import PhotoRefused

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class NamedColours:
    """Chromaticities (CIE x, y), and how values become light: `gamma`, or None for sRGB's own curve."""

    white: Pair
    red: Pair
    green: Pair
    blue: Pair
    gamma: float | None = None


D65: Final = (0.3127, 0.3290)
C: Final = (0.310, 0.316)
SRGB: Final = NamedColours(D65, (0.640, 0.330), (0.300, 0.600), (0.150, 0.060))
PRIMARIES: Final = {
    1: SRGB,
    4: NamedColours(C, (0.67, 0.33), (0.21, 0.71), (0.14, 0.08)),
    5: NamedColours(D65, (0.64, 0.33), (0.29, 0.60), (0.15, 0.06)),
    6: NamedColours(D65, (0.630, 0.340), (0.310, 0.595), (0.155, 0.070)),
    7: NamedColours(D65, (0.630, 0.340), (0.310, 0.595), (0.155, 0.070)),
    8: NamedColours(C, (0.681, 0.319), (0.243, 0.692), (0.145, 0.049)),
    9: NamedColours(D65, (0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),
    11: NamedColours((0.314, 0.351), (0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
    12: NamedColours(D65, (0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
    22: NamedColours(D65, (0.630, 0.340), (0.295, 0.605), (0.155, 0.077)),
}
UNSPECIFIED: Final = {0, 2, 3}
# Television's curves are shown with sRGB's, as browsers do.
LIKE_SRGB: Final = {1, 6, 7, 11, 12, 13, 14, 15} | UNSPECIFIED
GAMMAS: Final = {4: 2.2, 5: 2.8, 8: 1.0}
HDR: Final = {16, 18}  # PQ and HLG, which look grey and flat when read as an ordinary picture


def from_code_points(primaries: int, transfer: int) -> NamedColours | None:
    """None means sRGB. Raises PhotoRefused for high dynamic range and for what no screen shows."""
    if transfer in HDR:
        raise PhotoRefused.because("high-dynamic-range")
    if primaries in UNSPECIFIED:
        primaries = 1
    if primaries not in PRIMARIES or not (transfer in LIKE_SRGB or transfer in GAMMAS):
        raise PhotoRefused.because("unusual")
    return _unless_srgb(PRIMARIES[primaries], GAMMAS.get(transfer))


def from_chromaticities(primaries: NamedColours | None, gamma: float | None) -> NamedColours | None:
    """None means sRGB; a gamma of 2.2 with sRGB's own primaries is what programs write when they mean sRGB."""
    return _unless_srgb(primaries or SRGB, gamma)


def _unless_srgb(primaries: NamedColours, gamma: float | None) -> NamedColours | None:
    near = all(
        abs(ours - theirs) < 0.002
        for name in ("white", "red", "green", "blue")
        for ours, theirs in zip(getattr(SRGB, name), getattr(primaries, name), strict=True)
    )
    if near and (gamma is None or abs(gamma - 2.2) < 0.02):
        return None
    return NamedColours(primaries.white, primaries.red, primaries.green, primaries.blue, gamma)
