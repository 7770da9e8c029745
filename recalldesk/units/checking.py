"""The one way in which a serial is checked: by page, API and command line alike.

Guarantees: the same question gets the same answer from each; without a fresh index nobody is told
"not affected". Model and country choose words, never less. Only a scan by somebody who may settles
what typing cannot.
"""

from collections.abc import Sequence
from datetime import datetime

from recalldesk.foundation import clock
from recalldesk.units import second_look as token
from recalldesk.units.errors import AnswerUnavailable
from recalldesk.units.live import LiveIndex, live_index
from recalldesk.units.verdict.answer import Answer, Verdict
from recalldesk.units.verdict.rules import bound_by, first_look
from recalldesk.units.verdict.scanned import settled_by_scan
from recalldesk.units.verdict.symbologies import rules_out_misreading

GOES_ON = (Verdict.LOOK_AGAIN, Verdict.ASK_A_PERSON)
"""After these the next attempt at the same unit is bound by what was seen."""

__all__ = ["AnswerUnavailable", "check_serial"]


def check_serial(
    serial: str, *, models: Sequence[str] = (), second_look: str = "", scanned_as: str = ""
) -> Answer:
    """The answer for a serial as typed, scanned or read. `models`: the products it may be of.

    `scanned_as`: the symbology identifier with which a scanner read it, by somebody whose scans
    count as a second look; empty for everybody else.

    Raises AnswerUnavailable where only a fresh index could say more, and SecondLookInvalid where
    the token is not ours.
    """
    attempts = token.redeem(second_look)
    index = live_index()
    checked_at = clock.now()
    if index is None:
        raise _try_again_later()
    if not index.versions and not index.missing:
        raise AnswerUnavailable(
            "No recall is published here yet.", "Ask the firm that made the product."
        )
    first = first_look(text=serial, models=models, versions=index.versions)
    digest = token.digest_of(first.read_as)
    decision = bound_by(attempts, first, same_again=digest in attempts.digests)
    if decision.verdict in GOES_ON and _settles(scanned_as, index, checked_at):
        settled = settled_by_scan(first, text=serial, models=models, versions=index.versions)
        decision = settled or decision
    held = decision.verdict is Verdict.AFFECTED or decision.within_reach
    if index.missing and not held:
        # A recall that is not at hand may know the serial, or its form.
        raise _try_again_later()
    if decision.verdict is Verdict.NOT_AFFECTED and not index.is_fresh(checked_at):
        raise _try_again_later()
    after = attempts.after(digest=digest, within_reach=decision.within_reach)
    return Answer(
        verdict=decision.verdict,
        why=decision.why,
        recalls=decision.recalls,
        read_as=decision.read_as,
        look_at=decision.look_at,
        named=dict(decision.named),
        second_look=token.issue(after) if decision.verdict in GOES_ON else "",
        checked_at=checked_at,
    )


def _settles(scanned_as: str, index: LiveIndex, at: datetime) -> bool:
    """Whether a scan counts: of a code that is not misread unnoticed, by all that is live now."""
    return rules_out_misreading(scanned_as) and index.is_fresh(at)


def _try_again_later() -> AnswerUnavailable:
    return AnswerUnavailable(
        "We cannot answer this right now.",
        "Try again in a few minutes, or ask us by phone. Until you know, do not use it.",
    )
