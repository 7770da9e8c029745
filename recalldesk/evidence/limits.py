"""How many photos: the numbers that pages state before one is sent, and that hold after.

How large one may be stands with the engine that cleans them (`cleaning/limits.py`). No Django.
"""

from typing import Final

MOST_PHOTOS: Final = 12
"""In one set."""
UPLOADS_A_CLIENT: Final = 60
"""Photos in a row from one client of the pages."""
UPLOADS_A_CLIENT_A_MINUTE: Final = 10
"""How many of them are given back in a minute."""
