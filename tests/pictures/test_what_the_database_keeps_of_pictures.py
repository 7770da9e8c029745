"""The database itself keeps the pictures of an approved version as they are."""

import pytest
from django.db import DatabaseError, transaction

from recalldesk.pictures.actions import keep_picture
from recalldesk.pictures.models import Picture, PictureSize, TakenPicture
from recalldesk.pictures.reads import picture_digests
from recalldesk.recalls.models import RecallVersion
from tests.cast import Desk
from tests.made_pictures import sizes_of

FRONT = "k20-front.jpg"


@pytest.fixture
def approved(kettles: Desk) -> RecallVersion:
    return kettles.approved()


def refused(match: str) -> "pytest.RaisesExc[DatabaseError]":
    return pytest.raises(DatabaseError, match=match)


def test_an_approved_version_takes_no_picture(kettles: Desk, approved: RecallVersion) -> None:
    before = picture_digests(approved)
    with refused("approved version cannot be changed"), transaction.atomic():
        keep_picture(
            draft=approved,
            file=FRONT,
            sizes=sizes_of("#123456"),
            source_digest="1" * 64,
            by=kettles.cast.author,
        )
    assert picture_digests(approved) == before


def test_nor_is_one_taken_away(approved: RecallVersion) -> None:
    with refused("approved version cannot be changed"), transaction.atomic():
        TakenPicture.objects.filter(version=approved).delete()


def test_what_was_taken_is_never_rewritten(approved: RecallVersion) -> None:
    with refused("Cannot update"), transaction.atomic():
        TakenPicture.objects.update(file="other.jpg")
    with refused("Cannot update"), transaction.atomic():
        Picture.objects.update(digest="0" * 64)
    with refused("Cannot update"), transaction.atomic():
        PictureSize.objects.update(content=b"another")


def test_a_picture_that_was_taken_gets_no_other_size_and_loses_none(
    approved: RecallVersion,
) -> None:
    with refused("never changes"), transaction.atomic():
        PictureSize.objects.first().delete()  # type: ignore[union-attr]  # there is one
    with refused("never changes"), transaction.atomic():
        PictureSize.objects.create(
            picture=Picture.objects.get(), width=1, height=1, digest="0" * 64, content=b""
        )


def test_a_picture_that_was_taken_is_not_deleted(approved: RecallVersion) -> None:
    with refused("is not deleted"), transaction.atomic():
        Picture.objects.filter(pk=Picture.objects.get().pk)._raw_delete("default")  # type: ignore[attr-defined]  # past what Django itself would refuse
