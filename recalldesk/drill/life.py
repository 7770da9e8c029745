"""A program of a drill lives no longer than whoever started it.

Guarantee: once the other end of its standard input is closed, however that came, it is told to end,
and ends by force where it does not.
"""

import os
import signal
import threading
import time

SECONDS_TO_END = 25
STANDARD_INPUT = 0


def end_with_standard_input() -> None:
    """From now on."""
    threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    while os.read(STANDARD_INPUT, 4096):  # Python's own would hold its lock until the end
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS_TO_END)
    os._exit(1)
