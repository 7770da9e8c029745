"""Where files of tests lie: in memory, where there is room, since most of them live for seconds."""

import os
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 3 * 2**30


def quick_place() -> Path:
    """A folder that everybody may write to, and whose programs may be run."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK):
        found = os.statvfs(MEMORY)
        if found.f_bavail * found.f_frsize > ROOM and not found.f_flag & os.ST_NOEXEC:
            return MEMORY
    return Path("/tmp")
