"""The one door for whoever asks about a unit: page, API, batch and command line.

Guarantee: the answer is that of `check_serial`, whatever the door, and each answer is counted: one
with a photo by whoever shows it first.
"""

from collections.abc import Sequence

from recalldesk.checks.counts import count_answer, count_unanswered
from recalldesk.checks.states import Source
from recalldesk.foundation import clock
from recalldesk.units.checking import check_serial
from recalldesk.units.errors import AnswerUnavailable
from recalldesk.units.verdict.answer import Answer
from recalldesk.units.verdict.photographed import Photographed


def ask(
    serial: str,
    *,
    source: Source,
    models: Sequence[str] = (),
    second_look: str = "",
    scanned_as: str = "",
    shop: str = "",
) -> Answer:
    """The answer for a serial, asked through this door. `scanned_as`: as for `check_serial`;
    `shop`: on whose page, where it was asked in a frame.

    Raises AnswerUnavailable, which is counted too, and SecondLookInvalid, as `check_serial` does.
    """
    try:
        answer = check_serial(serial, models=models, second_look=second_look, scanned_as=scanned_as)
    except AnswerUnavailable:
        count_unanswered(clock.now(), source, shop)
        raise
    count_answer(answer, source, shop)
    return answer


def ask_with_photo(
    serial: str, *, photo: Photographed, models: Sequence[str] = (), second_look: str = ""
) -> Answer:
    """The answer for a serial with the photo of its label. Its page can be loaded again, so whoever
    shows it calls `count_answer` the first time; what stays unanswered is counted each time.

    Raises AnswerUnavailable and SecondLookInvalid.
    """
    try:
        return check_serial(serial, models=models, second_look=second_look, photo=photo)
    except AnswerUnavailable:
        count_unanswered(clock.now(), Source.PHOTO)
        raise
