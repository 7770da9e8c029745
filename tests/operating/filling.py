"""Fills the database of a data folder, in a program of its own, as days of work would. Made up."""

import json
from hashlib import sha256

from django.conf import settings
from django.db import connection

from recalldesk.audit.heads import make_head, write_head
from recalldesk.audit.models import StateChange
from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.models import Filing
from recalldesk.evidence.files import original
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoState
from recalldesk.pictures.models import PictureSize
from recalldesk.remedies import journal
from recalldesk.remedies.placing import holds
from recalldesk.sealing.fields_of_rows import opened
from tests.cast import SERIALS, Desk, make_cast
from tests.claims.owner import OLGA, PAVEL, fresh_pass, text_with_all_remedies


def fill() -> None:
    """A recall, and two claims with photos, of which one is withdrawn."""
    Desk(make_cast(), settings.HOME.parent).published(text_with_all_remedies())
    OLGA.files(SERIALS[0], photos=True)
    withdraw_filing(filing_id=PAVEL.files(SERIALS[1], photos=True).pk)
    journal.note("made_up", {"remedy": "1"})
    _head_leaves()


def later() -> None:
    """What happens after a backup: one owner is erased, another one files. A head leaves."""
    erase_filing(opened=fresh_pass(Filing.objects.order_by("pk")[1]))
    PAVEL.files(SERIALS[2])
    _head_leaves()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_switch_wal()")


def show() -> None:
    """What is there."""
    filings = Filing.objects.order_by("pk")
    photos = Photo.objects.filter(state=PhotoState.RECEIVED).order_by("pk")
    print(
        json.dumps(
            {
                "owners": [opened(filing, "sealed_name") for filing in filings],
                "photos": [_bytes_of(photo) for photo in photos],
                "rows": StateChange.objects.count(),
                "held": holds.is_held(),
                "pictures": [
                    sha256(size.content).hexdigest() for size in PictureSize.objects.all()
                ],
            }
        )
    )


def _digest_of(size: PictureSize) -> str:
    return sha256(size.content).hexdigest()


def _bytes_of(photo: Photo) -> str:
    with original(photo) as pieces:
        return b"".join(pieces).decode()


def _head_leaves() -> None:
    write_head(head_id=make_head().pk)
