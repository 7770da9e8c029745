"""The bar codes of a photo, by zxing-cpp.

Guarantee: only what passes its own check; whether a symbology has a check is said here.
"""

import zxingcpp
from PIL import Image

from recalldesk.reading.seen import BarCode, Box

SIDE = 1600
CHECKED = frozenset(
    {"Aztec", "Code128", "Code93", "DataMatrix", "MaxiCode", "MicroQRCode", "PDF417", "QRCode"}
)
"""Symbologies that carry check characters of their own; of others a misread may pass."""


def bar_codes_in(image: Image.Image) -> tuple[BarCode, ...]:
    """All that are found, each once."""
    small = image.convert("L")
    small.thumbnail((SIDE, SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0)
    found = {}
    for read in zxingcpp.read_barcodes(small):
        if read.valid and read.text:
            symbology = read.format.name
            found[read.text, symbology] = BarCode(read.text, symbology, _box(read, small))
    return tuple(found.values())


def _box(read: zxingcpp.Barcode, image: Image.Image) -> Box:
    place = read.position
    first, second, third, fourth = (
        (round(corner.x / image.width, 4), round(corner.y / image.height, 4))
        for corner in (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    )
    return first, second, third, fourth
