"""One photo from standard input, one answer to output: what every program of the cleaning is.

Guarantee: it bounds itself before it reads; whatever is wrong with the photo is its answer, a line
of JSON, which what was made of the photo follows. `apart.py` reads it.
"""

import json
import sys
from collections.abc import Callable

from recalldesk.cleaning.answers import Fault, Unusable
from recalldesk.cleaning.bounds import bound
from recalldesk.cleaning.limits import MOST_BYTES
from recalldesk.cleaning.picture import prepare

Head = dict[str, object]


def answer_for_one(made_of: Callable[[bytes], tuple[Head, bytes]]) -> None:
    """Answers with the line and the pictures that `made_of` makes of a photo's bytes."""
    prepare()
    bound()
    head, pictures = _answer(made_of, sys.stdin.buffer.read(MOST_BYTES + 1))
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + pictures)
    sys.stdout.buffer.flush()


def _answer(made_of: Callable[[bytes], tuple[Head, bytes]], content: bytes) -> tuple[Head, bytes]:
    try:
        return made_of(content)
    except Unusable as error:
        return {"fault": error.fault}, b""
    except MemoryError:
        return {"fault": Fault.TOO_MUCH_WORK}, b""
