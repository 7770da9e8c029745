"""What became of a line."""

from enum import IntEnum


class Status(IntEnum):
    """As it is kept for each line of a chunk."""

    OTHER = 0
    CANDIDATE = 1
    BLANK = 2
    HEADING = 3
    TRAILER = 4
    REJECTED = 5
    CONTINUED = 6
