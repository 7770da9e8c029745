"""Drafts whose photos wait, were read, or were of no use, for the served desk. All is made up."""

import io
from datetime import timedelta
from pathlib import Path

import time_machine
from django.db import transaction
from PIL import Image, ImageDraw

from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.drafting import expect_label, give_units, open_filing
from recalldesk.claims.models import Filing
from recalldesk.claims.moving import move_claim
from recalldesk.claims.states import ClaimState
from recalldesk.evidence.actions import receive_photo
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind, PhotoProblem, PhotoState
from recalldesk.foundation import clock
from recalldesk.reading.seen import LabelReading, MarkingReading
from recalldesk.recalls.reads import live_recall
from tests.claims.owner import settles
from tests.claims.readings import (
    SEEN,
    UNSEEN,
    is_read,
    label_of,
    marking_of,
    waits_to_be_read,
)
from tests.portal.claims.filed import filed
from tests.portal.published import serials_in

CODED = "anker-25-466"
AN_HOUR = timedelta(hours=1)
YEARS = timedelta(days=400)
"""A photo that arrives then is never waited for long."""
MISREAD = str.maketrans("1258B6GSZL", "LZSB8G652I")


def make_readings(folder: Path) -> dict[str, Filing]:
    """The drafts, by name."""
    serials = serials_in(folder, "25-466")
    with transaction.atomic():
        return {
            "label_waits": _waiting(YEARS),
            "label_slow": _waiting(-AN_HOUR),
            "label_read": _read(label_of(serials[30], model="A1681")),
            "label_in_doubt": _read(
                label_of(serials[31].translate(MISREAD), model="A1681", doubtful=[4, 8])
            ),
            "label_not_read": _read(LabelReading()),
            "label_of_no_use": _of_no_use(),
            "photos_read": _with_photos(serials[32], label_of(serials[33])),
            "photos_as_given": _with_photos(serials[34], label_of(serials[34])),
            "mark_not_seen": _asked_for_one_more(filed(folder, first=121)),
        }


def _draft() -> tuple[Filing, Photo]:
    live = live_recall(CODED)
    assert live is not None
    filing, _ = open_filing(live=live, brand="anker", language="en")
    return filing, _photo(filing, PhotoKind.LABEL)


def _photo(filing: Filing, kind: PhotoKind) -> Photo:
    evidence = expect_label(filing_id=filing.pk)
    return receive_photo(evidence_set=evidence, kind=kind, chunks=[b"made up %d" % filing.pk])


def _waiting(after: timedelta) -> Filing:
    with time_machine.travel(clock.now() + after, tick=False):
        filing, photo = _draft()
    waits_to_be_read(photo, _picture())
    return filing


def _read(reading: LabelReading) -> Filing:
    filing, photo = _draft()
    is_read(photo, reading, _picture())
    return filing


def _of_no_use() -> Filing:
    filing, photo = _draft()
    settles(photo, PhotoState.UNUSABLE)
    Photo.objects.filter(pk=photo.pk).update(problem=PhotoProblem.TOO_SMALL)
    return filing


def _with_photos(serial: str, label: LabelReading) -> Filing:
    """The label reads as it does, and the code was not seen."""
    filing = _read(label)
    give_units(filing_id=filing.pk, serials=[serial], product="a1681")
    marking: MarkingReading = marking_of(SEEN, UNSEEN)
    is_read(_photo(filing, PhotoKind.MARKING), marking, _picture())
    return filing


def _asked_for_one_more(filing: Filing) -> Filing:
    """Sent, with a photo in which the word was not seen."""
    filing.claims.update(cannot_photograph=False)
    claim = filing.claims.get()
    claim.filing = filing
    chunks = [b"made up %d" % filing.pk]
    photo = receive_photo(evidence_set=claim.evidence, kind=PhotoKind.MARKING, chunks=chunks)
    is_read(photo, marking_of(UNSEEN, None), _picture())
    move_claim(
        claim=claim, to=ClaimState.NEEDS_OWNER, actor=Actor.MACHINE, reason=Reason.PHOTO_ASKED
    )
    return filing


def _picture() -> bytes:
    picture = Image.new("RGB", (1600, 1200), "#c8c8be")
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((120, 300, 1480, 900), 80, fill="#26262a")
    draw.text((330, 470), "SN MADE UP", fill="white", font_size=80)
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=85)
    return kept.getvalue()
