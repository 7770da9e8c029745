"""How the process that reads may end, for it and for who started it."""

from typing import Final

IDLE_SECONDS: Final = 300
"""After so long without a photo it ends and gives its memory back."""
NOTHING_ASKED: Final = 64
DIED: Final = 70
"""Without an answer, and perhaps through no fault of the photo."""
PHOTO_AT_FAULT: Final = 71
