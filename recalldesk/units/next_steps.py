"""An answer for programs: the verdict with what to do next, in one sentence."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recalldesk.units.verdict.answer import Answer, RecallAnswer, Verdict

NEXT_STEPS: Mapping[Verdict, Promise] = {
    Verdict.AFFECTED: _("Stop using it now, and claim your remedy at claim_url or by phone."),
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


@lru_cache(maxsize=2)
def instant(second: int) -> str:
    """A second, counted from 1970, in UTC as JSON carries it. Many answers are of the same."""
    return datetime.fromtimestamp(second, UTC).isoformat()[:19] + "Z"


def claim_url(entry: RecallAnswer) -> str | None:
    """Where a claim under the recall begins, in the language at hand; None where none is due."""
    if entry.verdict is Verdict.NOT_AFFECTED:
        return None
    return reverse("portal:begin", args=[entry.recall])


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
                "claim_url": claim_url(entry),
            }
            for entry in answer.recalls
        ],
        "look_at": list(answer.look_at),
        "second_look": answer.second_look or None,
        "checked_at": instant(answer.second),
        "next": str(NEXT_STEPS[answer.verdict]),
    }
