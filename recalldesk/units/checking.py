"""The one way in which a serial is checked: by page, API and command line alike.

Guarantees: the same question gets the same answer from each; without a fresh index nobody is told
"not affected". Model and country choose words, never less. Only a scan by somebody who may settles
what typing cannot.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from recalldesk.foundation import clock
from recalldesk.units import second_look as token
from recalldesk.units.errors import AnswerUnavailable
from recalldesk.units.live import LiveIndex, live_index
from recalldesk.units.verdict.answer import Answer, RecallAnswer, Verdict
from recalldesk.units.verdict.attempts import Attempts
from recalldesk.units.verdict.live_versions import LiveVersions
from recalldesk.units.verdict.rules import Decision, bound_by, covering, look
from recalldesk.units.verdict.scanned import settled_by_scan
from recalldesk.units.verdict.symbologies import rules_out_misreading

GOES_ON = (Verdict.LOOK_AGAIN, Verdict.ASK_A_PERSON)
"""After these the next attempt at the same unit is bound by what was seen."""

__all__ = ["AnswerUnavailable", "check_serial"]


class Covered(NamedTuple):
    """What those say that cover a serial; `recalls` is empty where none of `live` does."""

    recalls: tuple[RecallAnswer, ...]
    checked_at: datetime
    live: LiveVersions | None


def covered(serial: str) -> Covered:
    """What `check_serial` says where it is `affected`, without what only other answers need."""
    checked_at = clock.now()
    index = live_index(checked_at)
    if index is None:
        return Covered((), checked_at, None)
    return Covered(covering(serial, index.live), checked_at, index.live)


def check_serial(
    serial: str,
    *,
    models: Sequence[str] = (),
    second_look: str = "",
    scanned_as: str = "",
    uncovered_in: LiveVersions | None = None,
) -> Answer:
    """The answer for a serial as typed, scanned or read. `models`: the products it may be of.

    `scanned_as`: the symbology identifier with which a scanner read it, by somebody whose scans
    count as a second look; empty for everybody else. `uncovered_in`: where `covered` was asked
    before, the versions that do not cover it.

    Raises AnswerUnavailable where only a fresh index could say more, and SecondLookInvalid where
    the token is not ours.
    """
    attempts = token.redeem(second_look)
    index, checked_at = _what_is_live()
    is_uncovered = index.live is uncovered_in
    first = look(text=serial, models=models, live=index.live, is_uncovered=is_uncovered)
    same_again = bool(attempts.digests) and token.digest_of(first.read_as) in attempts.digests
    decision = bound_by(attempts, first, same_again=same_again)
    if decision.verdict in GOES_ON and _settles(scanned_as, index, checked_at):
        settled = settled_by_scan(first, text=serial, models=models, live=index.live)
        decision = settled or decision
    held = decision.verdict is Verdict.AFFECTED or decision.within_reach
    if index.missing and not held:
        # A recall that is not at hand may know the serial, or its form.
        raise _try_again_later()
    if decision.verdict is Verdict.NOT_AFFECTED and not index.is_fresh(checked_at):
        raise _try_again_later()
    return Answer(
        verdict=decision.verdict,
        why=decision.why,
        recalls=decision.recalls,
        read_as=decision.read_as,
        look_at=decision.look_at,
        named=dict(decision.named),
        second_look=_token_after(attempts, decision),
        checked_at=checked_at,
    )


def _what_is_live() -> tuple[LiveIndex, datetime]:
    """The index, and the moment by which it is judged. Raises AnswerUnavailable."""
    at = clock.now()
    index = live_index(at)
    if index is None:
        raise _try_again_later()
    if not index.live.versions and not index.missing:
        raise AnswerUnavailable(
            "No recall is published here yet.", "Ask the firm that made the product."
        )
    # Others may have confirmed it while this one waited for them.
    return index, at if at >= index.confirmed_at else clock.now()


def _settles(scanned_as: str, index: LiveIndex, at: datetime) -> bool:
    """Whether a scan counts: of a code that is not misread unnoticed, by all that is live now."""
    return rules_out_misreading(scanned_as) and index.is_fresh(at)


def _token_after(attempts: Attempts, decision: Decision) -> str:
    """The token for the next attempt, where there is one to make."""
    if decision.verdict not in GOES_ON:
        return ""
    digest = token.digest_of(decision.read_as)
    return token.issue(attempts.after(digest=digest, within_reach=decision.within_reach))


def _try_again_later() -> AnswerUnavailable:
    return AnswerUnavailable(
        "We cannot answer this right now.",
        "Try again in a few minutes, or ask us by phone. Until you know, do not use it.",
    )
