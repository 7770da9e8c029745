"""Harm that only a joined report tells of: it is counted nowhere, and must not be forgotten.

Guarantee: where a joined report tells of more people of some care, of damage in more of a currency,
or of something graver than the report that is counted for it, it is named to whoever reads figures.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.incidents.models import Damage, Incident, Injury
from recalldesk.incidents.states import Happened
from recalldesk.recalls.models import Recall

ORDER = [each.value for each in Happened]


@dataclass(frozen=True)
class Beside:
    """A joined report that tells of more than the one that is counted for it."""

    joined: int
    counted: int


def told_beside(recall: Recall, *, by: Staff) -> list[Beside]:
    """Those of a recall, by their numbers. Raises NotPermitted."""
    require(by, Permission.SEE_INCIDENTS)
    rows = Incident.objects.filter(same_as__recall=recall).order_by("pk")
    pairs = list(rows.values_list("pk", "same_as", "happened", "same_as__happened"))
    numbers = {number for pair in pairs for number in pair[:2] if number}
    cares, damages = _cares(numbers), _damages(numbers)
    return [
        Beside(joined, counted)
        for joined, counted, happened, known in pairs
        if counted is not None
        and (
            cares[joined] - cares[counted]
            or damages[joined] - damages[counted]
            or _is_graver(happened, known)
        )
    ]


def _is_graver(happened: str, known: str) -> bool:
    return bool(happened) and (not known or ORDER.index(happened) < ORDER.index(known))


def _cares(numbers: set[int]) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Injury.objects.filter(incident__in=numbers, struck_at=None)
    for number, care in rows.values_list("incident_id", "care"):
        found[number][care] += 1
    return found


def _damages(numbers: set[int]) -> dict[int, Counter[str]]:
    """The worth in hundredths, by currency; what has none, by the piece."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Damage.objects.filter(incident__in=numbers, struck_at=None)
    for number, amount, currency in rows.values_list("incident_id", "amount", "currency"):
        found[number][currency] += 1 if amount is None else int(amount * Decimal(100))
    return found
