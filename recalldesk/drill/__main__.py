"""Holds a drill within its sandbox: `python -m recalldesk.drill FOLDER`.

Guarantee: it ends when whoever started it does, and ends all of its programs first.
"""

import json
import signal
import sys
from pathlib import Path
from types import FrameType

import django

from recalldesk.drill.life import end_with_standard_input
from recalldesk.drill.sandbox import Sandbox
from recalldesk.drill.told import Told
from recalldesk.foundation.problem import Problem


def main(folder: Path) -> int:
    """Holds it; the exit code."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end_orderly)
    end_with_standard_input()
    django.setup()
    from recalldesk.drill.stage import Stage

    sandbox = Sandbox(folder)
    order = json.loads(sandbox.order.read_text(encoding="utf-8"))
    try:
        outcome = Stage(sandbox, order).play()
    except Problem as problem:
        Told("ended", message=problem.message, hint=problem.hint).say()
        return 1
    sandbox.outcome.write_text(json.dumps(outcome.stored()), encoding="utf-8")
    return 0


def _end_orderly(_number: int, _frame: FrameType | None) -> None:
    """So that whatever was started ends too."""
    sys.exit(1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
