"""What Ctrl-C does, from the program's first moment to its last.

Guarantee: it ends the program with code 130 and no traceback, and breaks off nothing that is put
in order at the end. Where a program was started deaf to it, it stays so.
"""

import os
import signal
from types import FrameType

ENDED = 130
"""The code that a shell gives to what Ctrl-C ended."""


def _leave(_number: int, _frame: FrameType | None) -> None:
    os._exit(ENDED)


def ends_at_once() -> None:
    """While the program is still being loaded: nothing is open yet that must be put in order."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)


def interrupts() -> None:
    """From here on it raises KeyboardInterrupt in what runs, which may tidy up after itself."""
    if signal.getsignal(signal.SIGINT) is _leave:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def is_ignored() -> None:
    """While the program ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
