"""The gallery's answers show exhibits and editions."""

from pathlib import Path

from cms.api.conditional import ConditionalAnswer
from gallery.enums import EXHIBIT, EXHIBITION


class GalleryAnswer(ConditionalAnswer):
    kinds = (EXHIBIT, EXHIBITION)
    code = Path(__file__).parent
