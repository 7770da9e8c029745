"""An answer for programs: the verdict with what to do next, in one sentence."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recalldesk.units.verdict.answer import Answer, Verdict

NEXT_STEPS: Mapping[Verdict, Promise] = {
    Verdict.AFFECTED: _("Stop using it now, and claim your remedy by phone or mail."),
    Verdict.LOOK_AGAIN: _(
        "Look at the unit again and send the serial again with the second_look token. "
        "Until you know, do not use it."
    ),
    Verdict.ASK_A_PERSON: _(
        "A person decides this with you: call or write to us. Until you know, do not use it."
    ),
    Verdict.NOT_AFFECTED: _(
        "The serial you gave is not in this recall as it stands now. Recalls can grow."
    ),
}


class _Last:
    """The second that was written last, for many answers are of the same."""

    written: tuple[int, str] = (0, "1970-01-01T00:00:00Z")


def instant(moment: datetime) -> str:
    """A moment in UTC, to the second, as JSON carries it."""
    second = int(moment.timestamp())
    last = _Last.written
    if last[0] != second:
        _Last.written = last = (second, moment.isoformat()[:19] + "Z")
    return last[1]


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """The answer as API and command line give it: the same words from the same code."""
    return {
        "verdict": answer.verdict.value,
        "why": answer.why.value,
        "recalls": [
            {
                "recall": entry.recall,
                "version": entry.version,
                "verdict": entry.verdict.value,
                "claim_url": None,
            }
            for entry in answer.recalls
        ],
        "look_at": list(answer.look_at),
        "second_look": answer.second_look or None,
        "checked_at": instant(answer.checked_at),
        "next": str(NEXT_STEPS[answer.verdict]),
    }
