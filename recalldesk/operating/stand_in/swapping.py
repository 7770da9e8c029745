"""Puts a folder in the place of another, in one step where the system can.

Guarantee: whoever looks sees the old folder or the new one, whole. Where the system cannot exchange
two folders there is a moment with none, and a program killed in it leaves the old one beside, from
where `mend` takes it back.
"""

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

_HERE = -100
"""Of Linux: paths count from where the program is."""
_EXCHANGE = 2
NOT_ABLE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV})


def old_of(place: Path) -> Path:
    """Where the folder that was there stands for a moment."""
    return place.with_name(f".{place.name}.old")


def put_in_place(new: Path, place: Path) -> None:
    """`new` stands at `place`; what stood there is gone. Raises OSError."""
    if not place.exists():
        new.rename(place)
    elif exchange(new, place):
        shutil.rmtree(new)
    else:
        shutil.rmtree(old_of(place), ignore_errors=True)
        place.rename(old_of(place))
        new.rename(place)
        shutil.rmtree(old_of(place))


def mend(place: Path) -> None:
    """Takes back what a program that was killed between two steps left beside. Raises OSError."""
    old = old_of(place)
    if old.is_dir():
        if place.exists():
            shutil.rmtree(old)
        else:
            old.rename(place)


def exchange(one: Path, other: Path) -> bool:
    """Each stands where the other stood, in one step; False where this system cannot.

    Raises OSError.
    """
    program = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        failed = program.renamex_np(*names, _EXCHANGE)
    elif hasattr(program, "renameat2"):
        failed = program.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)
    else:
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in NOT_ABLE:
        return False
    raise OSError(number, os.strerror(number), str(other))
