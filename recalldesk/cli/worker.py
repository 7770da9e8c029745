"""What each web process of `recalldesk serve` begins with.

Guarantee: it outlives the process that started it by no more than two seconds, however that ended.
"""

import gc
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_TO_END = 1.0
SELDOM = (50_000, 20, 20)
"""Python's own is 700 new objects between two searches, a handful of answers."""


def application(parent: int, processes: int, _target: str) -> Callable[..., Any]:
    """The WSGI application, in one of so many processes, each of which ends with `parent`."""
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()
    from recalldesk.checks.effective import tell_processes
    from recalldesk.config.wsgi import application
    from recalldesk.elsewhere.at_hand import keep_at_hand
    from recalldesk.metrics.processes import note_index
    from recalldesk.units.live import keep_confirming

    def beside() -> None:
        note_index()
        keep_at_hand()

    tell_processes(processes)
    threading.Thread(target=keep_confirming, args=(beside,), daemon=True).start()
    spare_what_stays()
    return application


def spare_what_stays() -> None:
    """Leaves what is loaded by now out of the search for rubbish, and searches the rest seldom.

    Else that would cost more than most answers do.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def end_with(parent: int) -> None:
    """Ends this process once its parent is another one.

    It looks on, since no system but Linux tells a process of its parent's end.
    """
    while os.getppid() == parent:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS_TO_END)
    os._exit(1)
