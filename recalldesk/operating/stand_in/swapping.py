"""Puts a folder in the place of another, in one step where the system can.

Guarantees: whoever looks sees the old folder or the new one, whole. Where the system cannot
exchange two folders there is a moment with none, and a program killed in it leaves the old one
beside, from where `mend` takes it back. What stands beside and is not ours stays as it is.
"""

import ctypes
import errno
import os
import sys
from pathlib import Path

from recalldesk.operating.errors import StandInProblem
from recalldesk.operating.stand_in.ours import is_ours, remove

_HERE = -100
"""Of Linux: paths count from where the program is."""
_EXCHANGE = 2
NOT_ABLE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV})


def old_of(place: Path) -> Path:
    """Where the folder that was there stands for a moment."""
    return place.with_name(f".{place.name}.old")


def put_in_place(new: Path, place: Path) -> None:
    """`new` stands at `place`; what of ours stood there is gone. Raises StandInProblem, OSError."""
    if not place.exists():
        new.rename(place)
    elif exchange(new, place):
        _remove_replaced(new)
    else:
        old = old_of(place)
        if os.path.lexists(old) and not remove(old):
            raise StandInProblem(f"{old} is in the way.", "Move it elsewhere.")
        place.rename(old)
        new.rename(place)
        _remove_replaced(old)


def _remove_replaced(folder: Path) -> None:
    if not remove(folder):
        raise StandInProblem(
            f"{folder} holds what this command did not put there; the new pages are in place.",
            "Move what is yours elsewhere, then delete that folder.",
        )


def mend(place: Path) -> None:
    """Takes back what a program that was killed between two steps left beside. Raises OSError."""
    old = old_of(place)
    if place.exists():
        remove(old)
    elif is_ours(old):
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
