"""How large a picture prints, in words. Nobody but printers thinks in dots per inch."""

PAPERS = ("A4", "A3", "A2", "A1")
# Long and short edge in pixels that fill the paper at each quality.
BEAUTIFUL = ((3508, 2480), (4961, 3508), (7016, 4961), (9933, 7016))  # 300 dpi
ACCEPTABLE = ((2339, 1654), (3307, 2339), (4677, 3307), (6622, 4677))  # 200 dpi
SOFT = ((1754, 1240),)  # 150 dpi: look before you print


def print_words(width: int, height: int) -> str:
    """What to tell the photographer about a picture of this many pixels, printed whole, without cropping.

    >>> print_words(4961, 3508)
    'Prints beautifully to A3, acceptable at A2'
    """
    beautiful, acceptable = _largest(width, height, BEAUTIFUL), _largest(width, height, ACCEPTABLE)
    if beautiful and acceptable and beautiful != acceptable:
        return f"Prints beautifully to {beautiful}, acceptable at {acceptable}"
    if beautiful:
        return f"Prints beautifully to {beautiful}"
    if acceptable:
        return f"Acceptable in print at {acceptable}"
    if _largest(width, height, SOFT):
        return "Looks good on screens; would look soft in print at A4"
    return "Looks good on screens; too small to print"


def _largest(width: int, height: int, sizes: tuple[tuple[int, int], ...]) -> str:
    """The largest paper the picture fits on at this quality: one edge decides, the other leaves a margin."""
    long, short = max(width, height), min(width, height)
    fitting = [paper for paper, (a, b) in zip(PAPERS, sizes, strict=False) if long >= a or short >= b]
    return fitting[-1] if fitting else ""
