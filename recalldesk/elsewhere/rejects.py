"""The entries of a feed that were not taken, as a sheet to be sent back."""

from recalldesk.elsewhere.models import EntryRejected
from recalldesk.foundation.sheets import Cell, Heading

REJECT_HEADS = [Heading("Entry"), Heading("Why it was not taken"), Heading("How it begins")]


def reject_rows(number: int) -> list[list[Cell]]:
    """The rows of the feed of that number, in the feed's order."""
    rejects = EntryRejected.objects.filter(file_id=number).order_by("position")
    return [[each.position, each.get_reason_display(), each.entry] for each in rejects]
