"""What another system's files told of people is forgotten: rejected lines once nobody sends them
back any more, names of photos with the claim that they were of.

Guarantees: how many lines there were, and why each was not taken, stays; so does what a legal hold
names.
"""

from recalldesk.claims.states import FilingState
from recalldesk.keeping.rejects import empty_rejects
from recalldesk.takeover.models import TakenPhoto, TakeoverReject


def forget_rejected_rows() -> int:
    """Empties the lines of files that were kept as long as they may be; how many."""
    return empty_rejects(TakeoverReject)


def forget_names_of_photos() -> int:
    """Empties the names that files had of photos of claims that were erased; how many. A claim that
    a hold keeps is not erased."""
    erased = TakenPhoto.objects.filter(claim__claim__filing__state=FilingState.ERASED)
    return erased.exclude(sealed_name=b"").update(sealed_name=b"")
