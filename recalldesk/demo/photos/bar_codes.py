"""Bar codes for labels, as pictures."""

from enum import StrEnum

import numpy as np
import zxingcpp
from PIL import Image


class Symbology(StrEnum):
    """The bar codes that a label can have."""

    CODE_128 = "Code128"
    QR = "QRCode"
    DATA_MATRIX = "DataMatrix"


def bar_code(text: str, symbology: Symbology, height: int) -> Image.Image:
    """The code as a grey picture, about so high in pixels and as wide as it needs.

    The quiet zone around it is part of the picture.
    """
    made = zxingcpp.create_barcode(text, getattr(zxingcpp, symbology.value))
    cells = Image.fromarray(np.array(zxingcpp.write_barcode_to_image(made, scale=1)))
    if symbology is Symbology.CODE_128:
        return cells.resize((cells.width * 4, height), Image.Resampling.NEAREST)
    each = max(height // cells.height, 2)
    size = (cells.width * each, cells.height * each)
    return cells.resize(size, Image.Resampling.NEAREST)
