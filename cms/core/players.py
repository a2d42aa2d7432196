"""Films and recordings of other sites that a page may show, once a visitor has asked for one.

The addresses of their players are made by us from the pasted one: nothing of what was pasted is shown but an id
of letters and digits, and no other site is asked.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit


@dataclass(frozen=True)
class Player:
    #: Who learns that the visitor is there, once they press the button.
    provider: str
    #: Origin of the frame, for the page's content policy.
    origin: str
    frame: str
    #: The film's own page, for whoever has no scripts.
    link: str
    #: Width by height.
    ratio: str = "16 / 9"


_ID = re.compile(r"[\w-]{6,20}")
_NUMBER = re.compile(r"\d{4,15}")
_SOUND = re.compile(r"/[\w-]{1,60}/(?:sets/)?[\w-]{1,120}")


def player(address: str) -> Player | None:
    """The player for a pasted address; None when the site is not on our list or names no film."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme != "https":
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host in ("youtube.com", "youtube-nocookie.com", "youtu.be"):
        return _youtube(host, parts.path, parse_qs(parts.query))
    if host in ("vimeo.com", "player.vimeo.com"):
        return _vimeo(parts.path)
    if host == "soundcloud.com" and _SOUND.fullmatch(parts.path.rstrip("/")):
        link = f"https://soundcloud.com{parts.path.rstrip('/')}"
        frame = f"https://w.soundcloud.com/player/?url={quote(link, safe='')}&auto_play=true"
        return Player("SoundCloud", "https://w.soundcloud.com", frame, link, "16 / 5")
    return None


def _youtube(host: str, path: str, query: dict[str, list[str]]) -> Player | None:
    steps = [step for step in path.split("/") if step]
    if host == "youtu.be":
        key = steps[0] if steps else ""
    elif len(steps) == 2 and steps[0] in ("embed", "shorts", "live"):
        key = steps[1]
    else:
        key = query.get("v", [""])[0] if steps == ["watch"] else ""
    if not _ID.fullmatch(key):
        return None
    origin = "https://www.youtube-nocookie.com"
    return Player("YouTube", origin, f"{origin}/embed/{key}?autoplay=1", f"https://www.youtube.com/watch?v={key}")


def _vimeo(path: str) -> Player | None:
    key = next((step for step in path.split("/") if _NUMBER.fullmatch(step)), "")
    if not key:
        return None
    origin = "https://player.vimeo.com"
    return Player("Vimeo", origin, f"{origin}/video/{key}?dnt=1&autoplay=1", f"https://vimeo.com/{key}")
