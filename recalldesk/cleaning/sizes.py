"""`python -m recalldesk.cleaning.sizes`: one photo from standard input, several widths of it out.

The same cleaning as `picture.py`, for pictures that pages and papers show: drawn anew, upright,
nothing of the file but its visible pixels. The answer is a line of JSON with each width, height and
length, then the JPEGs one after the other. `sizes_apart.py` reads it.
"""

import io
import json
import sys

from PIL import Image

from recalldesk.cleaning.answers import Fault, Picture, Unusable
from recalldesk.cleaning.bounds import bound
from recalldesk.cleaning.limits import MOST_BYTES
from recalldesk.cleaning.picture import drawn_anew, prepare

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


def _answer(content: bytes) -> tuple[dict[str, object], bytes]:
    try:
        pictures = in_sizes(content)
    except Unusable as error:
        return {"fault": error.fault}, b""
    except MemoryError:
        return {"fault": Fault.TOO_MUCH_WORK}, b""
    sizes = [{"width": p.width, "height": p.height, "bytes": len(p.jpeg)} for p in pictures]
    return {"sizes": sizes}, b"".join(picture.jpeg for picture in pictures)


def main() -> None:
    """Answers for one photo."""
    prepare()
    bound()
    head, jpegs = _answer(sys.stdin.buffer.read(MOST_BYTES + 1))
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + jpegs)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
