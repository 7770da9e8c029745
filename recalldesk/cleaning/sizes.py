"""`python -m recalldesk.cleaning.sizes`: one photo from standard input, several widths of it out.

The same cleaning as `picture.py`, for pictures that pages and papers show: drawn anew, upright,
nothing of the file but its visible pixels. The answer is a line of JSON with each width, height and
length, then the JPEGs one after the other. `sizes_apart.py` reads it.
"""

import io

from PIL import Image

from recalldesk.cleaning.answers import Picture
from recalldesk.cleaning.one_photo import Head, answer_for_one
from recalldesk.cleaning.picture import drawn_anew

WIDTHS = (320, 640, 1280)
"""Pixels. A telephone's page, a screen's, a poster."""
QUALITY = 82


def in_sizes(content: bytes) -> tuple[Picture, ...]:
    """The picture in each width that it has, the smallest first; never made larger than it is.

    Raises Unusable, or MemoryError at a limit.
    """
    drawn = drawn_anew(content)
    largest = min(drawn.width, WIDTHS[-1])
    widths = [*(width for width in WIDTHS if width < largest), largest]
    return tuple(_of_width(drawn, width) for width in widths)


def _of_width(drawn: Image.Image, width: int) -> Picture:
    height = max(1, round(drawn.height * width / drawn.width))
    shown = drawn
    if (width, height) != drawn.size:
        shown = drawn.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    out = io.BytesIO()
    shown.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Picture(out.getvalue(), width, height)


def _made_of(content: bytes) -> tuple[Head, bytes]:
    pictures = in_sizes(content)
    sizes = [{"width": p.width, "height": p.height, "bytes": len(p.jpeg)} for p in pictures]
    return {"sizes": sizes}, b"".join(picture.jpeg for picture in pictures)


if __name__ == "__main__":
    answer_for_one(_made_of)
