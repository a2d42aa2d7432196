"""A card as it is stored, and as a page shows it. It holds placeholders, filled in when served as addresses are.

Where it hangs decides them: its row on a wall, and whether its picture loads at once.
"""

from cms.core.addresses import fill_local

#: Stands in the card's style for the geometry of its row.
ROW = "\ue002"
#: Stands in `sizes`: browsers measure lazy pictures themselves (`auto`), but take `auto` on others for the whole
#: screen.
AUTO = "\ue003"
#: Stands in `sizes` before the width a picture has in a row, for the width of a lead work.
LEAD = "\ue005"
#: Stands among the attributes of the picture.
LOADING = "\ue004"
PLACEHOLDERS = {"row": ROW, "auto": AUTO, "lead": LEAD, "loading": LOADING}


def fill_card(stored: str, *, row: str = "", lead: str = "", eager: bool = False) -> str:
    """A stored card, ready for our own pages. `row` is CSS and ends in `;`, `lead` a size and ends in a comma. An
    `eager` picture loads at once, any other when it comes near."""
    filled = fill_local(stored).replace(ROW, row).replace(LEAD, lead)
    if eager:
        return filled.replace(AUTO, "").replace(LOADING, 'fetchpriority="high"')
    return filled.replace(AUTO, "auto, ").replace(LOADING, 'loading="lazy"')
