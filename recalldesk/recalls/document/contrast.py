"""Contrast after WCAG 2.2, so that a firm's colour can be read before it is accepted."""

SHEET = "#fffefb"
LEAST = 4.5


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio, 1 to 21, of two colours written as #rrggbb."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable_on_sheet(colour: str) -> str:
    """The colour, or ValueError where text in it cannot be read on the page."""
    ratio = contrast(colour, SHEET)
    if ratio < LEAST:
        raise ValueError(
            f"has a contrast of {ratio:.1f} to the page; text needs {LEAST}: choose a darker colour"
        )
    return colour
