"""Covered serials inside a longer text, or in letters that only look like those printed.

A label, the model, an address or another number beside the serial would otherwise leave a text of
another length, far from everything.

Guarantee: where leaving off at least two characters, at one end or at both, leaves a text that is
covered or within reach, the version is found. A text that may itself be a serial of the scope's
products, whole or with characters missing, is asked for more (`_asked_of_a_part`): else every long
serial that begins like a short recalled one would be asked about again.
"""

from collections.abc import Iterator

from recalldesk.foundation.printed_letters import as_printed
from recalldesk.units.verdict.known import KnownVersion
from recalldesk.units.verdict.live_versions import LiveVersions
from recalldesk.units.verdict.scope import Nearness, Scope

LEFT_OFF = 2
"""With one character too many at an end the whole text is within reach already."""


def versions_seen_inside(
    typed: str, live: LiveVersions, *, in_one_piece: bool
) -> list[KnownVersion]:
    """The versions that come near to a part of a normalised text which is far from all of them.

    `in_one_piece`: nothing parted the characters when they were typed.
    """
    printed = typed if typed.isascii() else as_printed(typed)
    whole = live.readings_of(printed) if printed != typed else []
    longest = len(printed) if whole else len(printed) - LEFT_OFF
    worth_a_look = live.with_parts_near(printed, longest)
    if not worth_a_look:
        return []
    found = {
        owned.version
        for owned in worth_a_look
        if _comes_near(owned.scope, whole, printed, in_one_piece)
    }
    return [live.versions[place] for place in sorted(found)]


def _comes_near(scope: Scope, whole: list[str], printed: str, in_one_piece: bool) -> bool:
    lengths = scope.lengths_within_reach
    candidates = {text: None for text in whole if len(text) in lengths}
    candidates |= dict.fromkeys(_parts(printed, lengths))
    asked = _asked_of_a_part(scope, printed, in_one_piece)
    return any(_nearness(scope, scope.form.fold(text)) >= asked for text in candidates)


def _asked_of_a_part(scope: Scope, text: str, in_one_piece: bool) -> Nearness:
    """How near a part of the text must come to count.

    As long as a covered serial, well formed and in one piece, the text has nothing around it that
    we know of: only a covered serial counts. Where either is less sure, in pieces or with a length
    between those covered, a part with look-alikes does too.
    """
    if not scope.form.is_well_formed(scope.form.fold(text)):
        return Nearness.ONE_SLIP
    if len(text) in scope.lengths:
        return Nearness.HELD if in_one_piece else Nearness.LOOK_ALIKE
    between = min(scope.lengths, default=0) < len(text) < max(scope.lengths, default=0)
    return Nearness.LOOK_ALIKE if between and in_one_piece else Nearness.ONE_SLIP


def _parts(text: str, lengths: frozenset[int]) -> Iterator[str]:
    for length in sorted(lengths):
        if 0 < length <= len(text) - LEFT_OFF:
            yield from (text[at : at + length] for at in range(len(text) - length + 1))


def _nearness(scope: Scope, folded: str) -> Nearness:
    return Nearness.HELD if scope.holds(folded) else scope.reach(folded).nearness
