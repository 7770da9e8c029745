"""Which claim holds a unit.

Guarantee: of all claims for a unit one holds it, over all recalls, whoever comes at the same
moment: the database refuses a second. One that waited while the holder let go gets it.
"""

from django.db import IntegrityError, transaction
from psycopg import errors

from recalldesk.claims.models import Claim
from recalldesk.claims.units_named import can_be_held


def hold_unit(claim: Claim) -> Claim | None:
    """Makes a claim hold its unit; returns the claim that holds it already, where one does.

    A claim without a recalled serial holds nothing, and nothing stands against it. The claim must
    be in a state in which it may hold one.
    """
    if not (can_be_held(claim.found) and claim.unit_digest):
        return None
    while not _is_taken(claim):
        holder = _holder_of(claim)
        if holder is not None:
            return holder
    return None


def _is_taken(claim: Claim) -> bool:
    """Whether the claim holds its unit now; it waits for transactions that take or let go of it."""
    try:
        with transaction.atomic():
            claim.holds_unit = True
            claim.save(update_fields=["holds_unit"])
    except IntegrityError as error:
        claim.holds_unit = False
        if not isinstance(error.__cause__, errors.UniqueViolation):
            raise
        return False
    return True


def _holder_of(claim: Claim) -> Claim | None:
    rows = Claim.objects.filter(unit_digest=claim.unit_digest, holds_unit=True)
    return rows.exclude(pk=claim.pk).select_related("filing").first()
