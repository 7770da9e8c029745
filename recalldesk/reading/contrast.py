"""A photo with the same contrast everywhere: print under glare or in the dark stands out again."""

import cv2
import numpy as np
from PIL import Image

LIMIT, TILES = 3.0, (8, 8)
"""How far contrast is raised at most, and in how many parts of the photo by itself."""


def levelled(image: Image.Image) -> Image.Image:
    """The photo with its lightness spread out part by part; colours stay."""
    parts = np.array(image.convert("YCbCr"))
    parts[..., 0] = cv2.createCLAHE(LIMIT, TILES).apply(parts[..., 0])
    return Image.fromarray(parts, "YCbCr").convert("RGB")
