"""The one door for whoever asks about a unit: page, API, batch and command line.

Guarantee: the answer is that of `check_serial`, whatever the door.
"""

from collections.abc import Sequence

from recalldesk.checks.states import Source
from recalldesk.units.checking import check_serial
from recalldesk.units.verdict.answer import Answer


def ask(
    serial: str, *, source: Source, models: Sequence[str] = (), second_look: str = ""
) -> Answer:
    """The answer for a serial, asked through this door.

    Raises AnswerUnavailable and SecondLookInvalid, as `check_serial` does.
    """
    return check_serial(serial, models=models, second_look=second_look)
