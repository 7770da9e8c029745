"""Photos of where the notice hangs: sent for a partner by the desk, and looked at.

Guarantees: a photo is shown to whoever may see stock and to its own partner alone, as the copy that
was drawn anew; each look of the desk is in the log before the picture is handed out.
"""

from collections.abc import Iterable

from django.db import transaction

from recalldesk.accounts.acting import Acting, require_of
from recalldesk.accounts.models import Partner, Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.evidence.actions import receive_photo
from recalldesk.evidence.errors import NoPicture
from recalldesk.evidence.models import Photo
from recalldesk.evidence.reads import photos_of
from recalldesk.evidence.states import PhotoKind, PhotoState
from recalldesk.stock.errors import StockProblem, StockRefused
from recalldesk.stock.models import Posting
from recalldesk.stock.posting import POSTED
from recalldesk.stock.speaking import require_speaker


def photos_of_posting(posting: Posting) -> list[Photo]:
    """Its photos, the first sent first; those removed are left out."""
    return photos_of(posting.evidence) if posting.evidence else []


def send_photo(*, posting: Posting, chunks: Iterable[bytes], by: Staff) -> Photo:
    """Keeps a photo that the desk has of it; the same one again changes nothing. Call it outside a
    transaction: it stores a file before the row. Raises NotPermitted, StockRefused, PhotoRefused.
    """
    require_speaker(by, posting.partner)
    if posting.evidence is None or hasattr(posting, "taken_back_by"):
        raise StockRefused(StockProblem.NOT_THERE)
    return receive_photo(evidence_set=posting.evidence, kind=PhotoKind.OTHER, chunks=chunks, by=by)


@transaction.atomic
def shown_photo(*, posting: Posting, photo_id: int, by: Acting) -> Photo:
    """One of its photos, to be looked at. Raises NotPermitted, NoPicture."""
    require_of(by, Permission.SEE_STOCK)
    if isinstance(by, Partner) and by.pk != posting.partner_id:
        raise NoPicture
    photo = next((each for each in photos_of_posting(posting) if each.pk == photo_id), None)
    if photo is None or photo.state != PhotoState.CLEAN:
        raise NoPicture
    if isinstance(by, Staff):
        record_change(
            subject=Subject.POSTING,
            subject_id=posting.pk,
            from_state=POSTED,
            to_state=POSTED,
            reason=Reason.LOOKED_AT,
            actor_id=by.pk,
            recall_id=posting.recall_id,
            note=f"Photo {photo.pk}",
        )
    return photo
