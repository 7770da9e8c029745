"""`python -m recalldesk.cleaning`: one photo from standard input, one answer to output.

The answer is a line of JSON, then the JPEG, if there is one. `apart.py` reads it.
"""

import json
import sys

from recalldesk.cleaning.answers import Fault, Unusable
from recalldesk.cleaning.bounds import bound
from recalldesk.cleaning.limits import MOST_BYTES
from recalldesk.cleaning.picture import cleaned, prepare


def _answer(content: bytes) -> tuple[dict[str, object], bytes]:
    try:
        picture = cleaned(content)
    except Unusable as error:
        return {"fault": error.fault}, b""
    except MemoryError:
        return {"fault": Fault.TOO_MUCH_WORK}, b""
    head = {
        "width": picture.width,
        "height": picture.height,
        "likeness": picture.likeness.hex(),
    }
    return head, picture.jpeg


def main() -> None:
    """Answers for one photo."""
    prepare()
    bound()
    head, jpeg = _answer(sys.stdin.buffer.read(MOST_BYTES + 1))
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + jpeg)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
