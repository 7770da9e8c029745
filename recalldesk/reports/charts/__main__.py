"""`python -m recalldesk.reports.charts`: draws, line by line, what `drawing.py` asks for.

Guarantees: nothing is fetched from anywhere; it ends with whoever started it, and after some idle
minutes, and with it the engine's hundred megabytes.
"""

import json
import select
import sys

from vl_convert import vegalite_to_svg

IDLE_SECONDS = 600
NOWHERE: list[str] = []
"""The addresses from which a description may have something fetched."""


def main() -> int:
    """Answers each line, a description in JSON, with one, its picture or what is wrong with it."""
    # Unbuffered, so that what `select` sees is all that there is.
    asked = open(0, "rb", buffering=0, closefd=False)  # noqa: SIM115 - for as long as it runs
    while select.select([asked], [], [], IDLE_SECONDS)[0]:
        line = asked.readline()
        if not line:
            return 0
        try:
            answer = {"svg": vegalite_to_svg(json.loads(line), allowed_base_urls=NOWHERE)}
        except ValueError as error:
            answer = {"wrong": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
