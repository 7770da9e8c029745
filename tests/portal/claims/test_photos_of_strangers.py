"""Photos that come without a good pass: nothing of them is on disk in the clear, or read for ever.

Whoever's pass has run out sends them in good faith; whoever never had one may send anything.
"""

import io
from collections.abc import Iterator
from unittest.mock import Mock, patch

import pytest
from django.core.files import uploadhandler
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory

from recalldesk.cleaning.limits import MOST_BYTES
from recalldesk.evidence.models import Photo
from recalldesk.portal.claiming.photos import photos
from recalldesk.portal.uploading.upload_limits import MOST_BYTES_TOGETHER, UPLOADS_AT_ONCE
from tests.portal.claims.conftest import ORIGIN, Claimant, words_of

LARGE = 4_000_000
"""More than Django keeps in memory."""


@pytest.fixture(autouse=True)
def in_the_clear() -> Iterator[Mock]:
    """Django's own file for what is uploaded, which holds the bytes as they came."""
    with patch.object(uploadhandler, "TemporaryUploadedFile") as file:
        yield file


def large(size: int = LARGE) -> io.BytesIO:
    file = io.BytesIO(bytes(size))
    file.name = "photo.jpg"
    return file


@pytest.mark.parametrize("step", ["photos", "photos/1/label", "message", "more-photos"])
def test_without_a_pass_no_photo_is_on_disk_in_the_clear(
    claimant: Claimant, in_the_clear: Mock, step: str
) -> None:
    claimant.begins_with(claimant.owner.recalled())
    page = Client().post(
        claimant.path(step), {"label-1": large(), "photos": large(), "message": ""}, headers=ORIGIN
    )
    assert page.status_code == 403
    assert "This page has closed" in words_of(page)
    in_the_clear.assert_not_called()
    assert not Photo.objects.exists()


def test_without_a_pass_a_message_is_given_back_also_from_beside_photos(
    claimant: Claimant,
) -> None:
    claimant.begins_with(claimant.owner.recalled())
    sent = {"photos": large(), "message": "What I wrote for long"}
    page = Client().post(claimant.path("message"), sent, headers=ORIGIN)
    assert "What I wrote for long" in words_of(page)


def test_without_a_pass_a_form_that_is_too_large_is_not_read(claimant: Claimant) -> None:
    claimant.begins_with(claimant.owner.recalled())
    request: WSGIRequest = RequestFactory().post(
        claimant.path("photos"), {"label-1": large(MOST_BYTES)}, headers=ORIGIN
    )
    request.META["CONTENT_LENGTH"] = str(MOST_BYTES_TOGETHER + 1)
    with patch.object(request, "read") as read:
        page = photos(request, key=claimant.key)
    assert page.status_code == 403
    read.assert_not_called()


class Slow(io.RawIOBase):
    """A body that was given up, since it came too slowly."""

    def read(self, size: int = -1) -> bytes:
        raise TimeoutError


@pytest.mark.parametrize(
    ("step", "has_pass"),
    [
        ("photos", True),
        ("photos/1/label", True),
        ("photos", False),
        ("photos/1/label", False),
        ("message", False),
        ("more-photos", False),
    ],
)
def test_whoever_sends_too_slowly_is_answered_and_holds_no_place(
    claimant: Claimant, step: str, has_pass: bool
) -> None:
    claimant.begins_with(claimant.owner.recalled())
    client = claimant.client if has_pass else Client()
    for _ in range(UPLOADS_AT_ONCE + 1):
        sent = {"label-1": large(10), "photos": large(10), "message": ""}
        page = client.post(claimant.path(step), sent, headers=ORIGIN, **{"wsgi.input": Slow()})
        assert page.status_code == 400
    assert not Photo.objects.exists()
