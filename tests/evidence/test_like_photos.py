"""Photos that look alike are found over all recalls, and never once they are removed."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from PIL import Image

from recalldesk.audit.states import Actor
from recalldesk.evidence import actions, looking_after
from recalldesk.evidence.like_photos import LikePhoto, keep_fingerprint, like_photos
from recalldesk.evidence.models import EvidenceSet, Fingerprint, Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.reading.likeness import BYTES, NEAR, TURNS
from recalldesk.recalls.models import Recall
from tests.evidence.conftest import Send
from tests.evidence.pictures import encoded
from tests.reading.test_likeness import scene

FLIPPED = b"\xff"


def clean(send: Send, picture: Image.Image, **more: Any) -> Photo:
    sent = send(encoded(picture), **more)
    looking_after.look_after(sent.pk)
    sent.refresh_from_db()
    assert sent.state == "clean"
    return sent


def made_up(like: Photo, bits_apart: int) -> Photo:
    """A clean photo whose first bits are not those of another."""
    kept = bytes(like.fingerprint.turned)
    upright = int.from_bytes(kept[:BYTES]) ^ (1 << bits_apart) - 1
    photo = Photo.objects.create(
        evidence_set=like.evidence_set,
        kind=PhotoKind.OTHER,
        state="clean",
        original_bytes=1,
        original_digest=b"%d" % bits_apart,
        picture_bytes=1,
        width=1,
        height=1,
    )
    keep_fingerprint(photo, upright.to_bytes(BYTES) + kept[BYTES:])
    return photo


def test_a_copy_is_found_in_another_recall_turned_and_made_smaller(
    send: Send, evidence_set: EvidenceSet
) -> None:
    first = clean(send, scene(1))
    clean(send, scene(2))
    elsewhere = actions.new_evidence_set(recall=Recall.objects.create(slug="toaster-t5"))
    copy = encoded(scene(1).transpose(Image.Transpose.ROTATE_90).resize((270, 360)))
    sent = actions.receive_photo(evidence_set=elsewhere, kind=PhotoKind.RECEIPT, chunks=[copy])
    looking_after.look_after(sent.pk)
    (found,) = like_photos(first)
    assert found.photo_id == sent.pk
    assert found.distance <= NEAR
    assert [each.photo_id for each in like_photos(sent)] == [first.pk]


def test_the_likest_comes_first_and_what_is_too_far_not_at_all(send: Send) -> None:
    first = clean(send, scene(1))
    farthest, near, _too_far = (made_up(first, apart) for apart in (NEAR, 3, NEAR + 1))
    assert like_photos(first) == [LikePhoto(near.pk, 3), LikePhoto(farthest.pk, NEAR)]
    assert like_photos(first, within=3) == [LikePhoto(near.pk, 3)]


def test_no_more_is_asked_than_the_index_can_find(send: Send) -> None:
    with pytest.raises(ValueError, match="more bits"):
        like_photos(clean(send, scene(1)), within=NEAR + 1)


def test_a_removed_photo_is_found_no_more_and_finds_none(send: Send) -> None:
    first, again = clean(send, scene(1)), clean(send, scene(1).resize((400, 300)))
    assert like_photos(first)
    actions.remove_photo(photo=again)
    assert like_photos(first) == []
    assert not Fingerprint.objects.filter(photo=again).exists()
    assert like_photos(again) == []


def test_erasing_a_set_leaves_no_fingerprint(send: Send, evidence_set: EvidenceSet) -> None:
    clean(send, scene(1))
    actions.erase_evidence(evidence_set=evidence_set, actor=Actor.OWNER)
    assert not Fingerprint.objects.exists()


def test_a_picture_with_nothing_in_it_has_no_fingerprint(send: Send) -> None:
    empty = clean(send, Image.new("RGB", (300, 300), "white"))
    assert not Fingerprint.objects.exists()
    assert like_photos(empty) == []


def test_a_photo_that_waits_has_none_and_the_database_refuses_one(send: Send) -> None:
    waiting = send()
    assert like_photos(waiting) == []
    with pytest.raises(DatabaseError, match="only a clean photo"), transaction.atomic():
        keep_fingerprint(waiting, FLIPPED * BYTES * TURNS)
    first = clean(send, scene(1))
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Fingerprint.objects.filter(photo=first).update(turned=b"")
