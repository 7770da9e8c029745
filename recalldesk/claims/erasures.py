"""The list of erasures, outside the database: a restore brings nobody back.

Guarantees: an erasure stands in the list before it is done; the list names nobody, only whoever has
the look-up key can tell which filing a line means; erasing again what is erased changes nothing.
"""

from collections.abc import Callable

from recalldesk.claims.models import Filing
from recalldesk.claims.states import FilingState
from recalldesk.remedies import journal
from recalldesk.sealing import vault

ERASURE, PURPOSE = "erasure", "claims.Filing.reference"


def note_erasure(filing: Filing) -> None:
    """Adds a filing to the list. Raises OSError, after which it must not be erased."""
    journal.note(ERASURE, {"filing": _digest(filing.reference)})


def each_listed(erased: Callable[[int], bool]) -> int:
    """Has each filing of the list that is not erased erased; returns how many were."""
    listed = {line["filing"] for line in journal.lines(ERASURE)}
    if not listed:
        return 0
    rows = Filing.objects.exclude(state=FilingState.ERASED).values_list("pk", "reference")
    # Read to the end first: each of them is then changed in a transaction of its own.
    found = [pk for pk, reference in rows.iterator() if _digest(reference) in listed]
    return sum(erased(pk) for pk in found)


def _digest(reference: str) -> str:
    return vault.digest_for_lookup(reference, purpose=PURPOSE).hex()
