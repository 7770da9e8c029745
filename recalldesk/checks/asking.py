"""The one door for whoever asks about a unit: page, API, batch and command line.

Guarantee: the answer is that of `check_serial`, whatever the door, and each answer is counted.
"""

from collections.abc import Sequence

from recalldesk.checks.counts import count_answer, count_covered, count_unanswered
from recalldesk.checks.states import Source
from recalldesk.foundation import clock
from recalldesk.units.checking import Covered, check_serial, covered
from recalldesk.units.errors import AnswerUnavailable
from recalldesk.units.verdict.answer import Answer
from recalldesk.units.verdict.live_versions import LiveVersions


def ask(
    serial: str,
    *,
    source: Source,
    models: Sequence[str] = (),
    second_look: str = "",
    scanned_as: str = "",
    uncovered_in: LiveVersions | None = None,
) -> Answer:
    """The answer for a serial, asked through this door. `scanned_as`: as for `check_serial`.

    Raises AnswerUnavailable, which is counted too, and SecondLookInvalid, as `check_serial` does.
    """
    try:
        answer = check_serial(
            serial,
            models=models,
            second_look=second_look,
            scanned_as=scanned_as,
            uncovered_in=uncovered_in,
        )
    except AnswerUnavailable:
        count_unanswered(clock.now(), source)
        raise
    count_answer(answer, source)
    return answer


def ask_if_covered(serial: str, *, source: Source) -> Covered:
    """What `ask` says with no token where the serial is `affected`; else it is to be asked."""
    found = covered(serial)
    if found.recalls:
        count_covered(found, source)
    return found
