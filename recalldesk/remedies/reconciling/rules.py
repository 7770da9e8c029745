"""In what an order and the effects of its provider differ. Pure; the same input, the same answer.

Guarantee: whatever might have somebody paid twice, if ordering went on, is said to be so.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from recalldesk.remedies.providers.interface import Effect, Found, Standing
from recalldesk.remedies.states import INEFFECTIVE, Differs, RemedyState

CAME_TO_NOTHING = frozenset({Standing.CANCELLED, Standing.FAILED, Standing.RETURNED})


@dataclass(frozen=True)
class Row:
    """An order as the rows have it, after the provider's answer was taken."""

    state: RemedyState
    amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True)
class Difference:
    """One of them. `beside`: the remedy that its unit has by now, where that is another one."""

    kind: Differs
    row_says: str = ""
    provider_says: str = ""
    reference: str = ""
    could_double: bool = False
    beside: uuid.UUID | None = None


def differences(row: Row, effects: Sequence[Effect]) -> list[Difference]:
    """All differences of one order; `effects` are those under its id, at least one."""
    reached = [each.found for each in effects if each.found.standing not in CAME_TO_NOTHING]
    references = sorted({found.reference for found in reached})
    if len(references) > 1:
        said = f"{len(references)} times: {', '.join(references)}"
        return [Difference(Differs.DOUBLED, row.state.value, said, references[0])]
    found = newest(effects)
    return [*_amount(row, found), *_state(row, found)]


def newest(effects: Sequence[Effect]) -> Found:
    """The effect that counts: one that reached somebody, where any did."""
    reached = [each.found for each in effects if each.found.standing not in CAME_TO_NOTHING]
    return (reached or [each.found for each in effects])[-1]


def _amount(row: Row, found: Found) -> list[Difference]:
    if row.amount is None or found.amount is None:
        return []
    ours, theirs = (row.amount, row.currency), (found.amount, found.currency or row.currency)
    if ours == theirs:
        return []
    return [Difference(Differs.DIFFERING, _said(*ours), _said(*theirs), found.reference)]


def _said(amount: Decimal, currency: str) -> str:
    return f"{amount:.2f} {currency}".strip()


def _state(row: Row, found: Found) -> list[Difference]:
    said = row.state.value, found.standing.value, found.reference
    came_to_nothing = found.standing in CAME_TO_NOTHING
    if row.state in INEFFECTIVE and not came_to_nothing:
        # Another one may be granted while the provider still has this one on its way.
        return [Difference(Differs.DIFFERING, *said, could_double=True)]
    if row.state not in INEFFECTIVE and came_to_nothing:
        return [Difference(Differs.DIFFERING, *said)]
    is_with_owner = row.state in (RemedyState.SENT, RemedyState.DELIVERED)
    if found.standing is Standing.BOUNCED and is_with_owner:
        return [Difference(Differs.BOUNCED, *said)]
    return []
