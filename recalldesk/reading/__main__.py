"""`python -m recalldesk.reading`: reads one photo after another, as `apart.py` asks.

Guarantees: each photo is decoded and read in a fork of its own that ends with its answer, so that
nothing of one photo is there when the next one comes; this process itself holds the models, and
never a photo. It ends with whoever started it, and after some idle minutes.
"""

import os
import select
import signal
import sys
from typing import NoReturn

from recalldesk.foundation.apart import ITS_OWN_FAULT
from recalldesk.reading.answering import answer_to, bound, prepare
from recalldesk.reading.ends import DIED, IDLE_SECONDS, NOTHING_ASKED, PHOTO_AT_FAULT
from recalldesk.reading.frames import answer, read_question


def main() -> int:
    """Answers until nothing more is asked."""
    prepare()
    while True:
        ready, _, _ = select.select([0], [], [], IDLE_SECONDS)
        if not ready:
            return 0
        child = os.fork()
        if not child:
            _answer_and_end()
        _, status = os.waitpid(child, 0)
        ended = os.waitstatus_to_exitcode(status)
        if ended == NOTHING_ASKED:
            return 0
        if ended:
            # What it left unread on the pipe belongs to no question: a new process begins anew.
            at_fault = ended < 0 and -ended in ITS_OWN_FAULT
            return PHOTO_AT_FAULT if at_fault else DIED


def _answer_and_end() -> NoReturn:
    try:
        bound()
        asked = read_question(0)
        if asked is None:
            os._exit(NOTHING_ASKED)
        _write_all(answer(answer_to(*asked)))
    except BaseException:
        os._exit(DIED)
    os._exit(0)


def _write_all(content: bytes) -> None:
    while content:
        content = content[os.write(1, content) :]


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
