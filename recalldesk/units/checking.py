"""The one way in which a serial is checked: by page, API and command line alike.

Guarantees: the same question gets the same answer from each; without a fresh index nobody is told
"not affected". Model and country choose words, never less. Only a scan by somebody who may, or the
photo of a label, settles what typing cannot.
"""

from collections.abc import Sequence

from recalldesk.foundation import clock
from recalldesk.units import second_look as token
from recalldesk.units.errors import AnswerUnavailable
from recalldesk.units.live import LiveIndex, live_index
from recalldesk.units.verdict.answer import Answer, Verdict
from recalldesk.units.verdict.attempts import Attempts
from recalldesk.units.verdict.photographed import Photographed, TypedText, seen_in_photo
from recalldesk.units.verdict.rules import Decision, bound_by, look
from recalldesk.units.verdict.scanned import settled_by_scan
from recalldesk.units.verdict.symbologies import rules_out_misreading

AFFECTED = Verdict.AFFECTED
GOES_ON = (Verdict.LOOK_AGAIN, Verdict.ASK_A_PERSON)
"""After these the next attempt at the same unit is bound by what was seen."""

__all__ = ["AnswerUnavailable", "check_serial"]


def check_serial(
    serial: str,
    *,
    models: Sequence[str] = (),
    second_look: str = "",
    scanned_as: str = "",
    photo: Photographed | None = None,
) -> Answer:
    """The answer for a serial as typed, scanned or read. `models`: the products it may be of.

    `scanned_as`: the symbology identifier with which a scanner read it, by somebody whose scans
    count as a second look; empty for everybody else. `photo`: what was read in a photo of the
    unit's label, for a second look.

    Raises AnswerUnavailable where only a fresh index could say more, and SecondLookInvalid where
    the token is not ours.
    """
    attempts = token.redeem(second_look) if second_look else token.NONE_YET
    index, checked_at = _what_is_live()
    first = look(serial, index.live, models)
    if first.verdict is AFFECTED:
        return _answer(first, checked_at)
    same_again = bool(attempts.digests) and token.digest_of(first.read_as) in attempts.digests
    decision = bound_by(attempts, first, same_again=same_again)
    if decision.verdict in GOES_ON and _settles(scanned_as, index, checked_at):
        settled = settled_by_scan(first, text=serial, models=models, live=index.live)
        decision = settled or decision
    if photo is not None:
        typed = TypedText(serial, first, decision, same_again, models)
        decision = seen_in_photo(typed, photo, index.live)
        if decision.verdict is AFFECTED:
            return _answer(decision, checked_at)
    if index.missing and not decision.within_reach:
        # A recall that is not at hand may know the serial, or its form.
        raise _try_again_later()
    if decision.verdict is Verdict.NOT_AFFECTED and not index.is_fresh(checked_at):
        raise _try_again_later()
    return _answer(decision, checked_at, _token_after(attempts, decision))


def _answer(decision: Decision, checked_at: float, next_token: str = "") -> Answer:
    return Answer(
        decision.verdict,
        decision.why,
        decision.recalls,
        decision.read_as,
        decision.look_at,
        dict(decision.named),
        next_token,
        int(checked_at),
    )


def _what_is_live() -> tuple[LiveIndex, float]:
    """The index, and the moment by which it is judged. Raises AnswerUnavailable."""
    at = clock.seconds()
    index = live_index(at)
    if index is None:
        raise _try_again_later()
    if not index.live.versions and not index.missing:
        raise AnswerUnavailable(
            "No recall is published here yet.", "Ask the firm that made the product."
        )
    # Others may have confirmed it while this one waited for them.
    return index, at if at >= index.confirmed_at else clock.seconds()


def _settles(scanned_as: str, index: LiveIndex, at: float) -> bool:
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
