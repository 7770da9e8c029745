"""A photo in several widths, made by a process of its own, made for it and ended with it.

Guarantees: those of `apart.py`; each picture is plausible, and each is wider than the one before.
"""

import subprocess
from collections.abc import Iterable
from itertools import pairwise

from recalldesk.cleaning.answers import Picture
from recalldesk.cleaning.apart import NO_ANSWER, CleaningDied, answer_of, is_plausible, said_in
from recalldesk.foundation.apart import started_apart

MOST_SIZES = 3


def _started() -> subprocess.Popen[bytes]:
    return started_apart("recalldesk.cleaning.sizes")


def in_sizes_apart(chunks: Iterable[bytes]) -> tuple[Picture, ...]:
    """The plain picture of a photo's bytes in each width that it has, the smallest first.

    Raises Unusable, CleaningDied, or whatever `chunks` raises (they are read in another thread).
    """
    said, jpegs = said_in(*answer_of(_started(), chunks))
    try:
        pictures, begin = [], 0
        for size in said["sizes"]:
            end = begin + int(size["bytes"])
            pictures.append(Picture(jpegs[begin:end], int(size["width"]), int(size["height"])))
            begin = end
    except (ValueError, KeyError, TypeError) as error:
        raise CleaningDied(NO_ANSWER) from error
    is_whole = 1 <= len(pictures) <= MOST_SIZES and begin == len(jpegs)
    grows = all(small.width < large.width for small, large in pairwise(pictures))
    if not is_whole or not grows or not all(map(is_plausible, pictures)):
        raise CleaningDied(NO_ANSWER)
    return tuple(pictures)
