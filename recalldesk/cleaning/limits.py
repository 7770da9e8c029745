"""How large a photo may be: the numbers that pages state before one is sent, and that hold after.

No Django: the cleaning reads them in a process of its own.
"""

from typing import Final

MOST_BYTES: Final = 25_000_000
"""Of one photo, as it is sent."""
MOST_PIXELS: Final = 40_000_000
LEAST_SIDE: Final = 200
"""Pixels of the shorter side: on fewer nobody reads a label."""
LONGEST_SIDE: Final = 2048
"""Pixels of the longer side of the copy that is kept."""
TYPES: Final = ("image/jpeg", "image/png", "image/webp", "image/heic", "image/heif")
"""What a file chooser may offer. What a file is, its bytes decide."""
