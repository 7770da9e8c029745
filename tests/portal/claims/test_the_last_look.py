"""The last page before a claim is sent shows what is really there, and asks what can be true."""

import pytest

from recalldesk.audit.states import Actor
from recalldesk.claims.models import Agreement
from recalldesk.claims.states import StatementKind
from recalldesk.evidence.models import Photo
from recalldesk.evidence.moving import move
from recalldesk.evidence.states import PhotoProblem, PhotoState
from tests.portal.claims.conftest import AGREED, NAMED, Claimant, photo_file, words_of
from tests.portal.published import serials_in

GONE = "I no longer have the product, and will not use it if it turns up again."


def test_photos_of_no_use_are_not_counted(claimant: Claimant) -> None:
    claimant.begins_with(claimant.owner.recalled())
    claimant.sends_photos(**{"receipt-1": photo_file(3)})
    claimant.gives("you", NAMED)
    claimant.gives("remedy", {"remedy": "gift-card"})
    assert "Photos 3 photos" in words_of(claimant.sees("send"))
    receipt = Photo.objects.get(kind="receipt")
    move(receipt, PhotoState.SCANNING, actor=Actor.MACHINE)
    receipt.problem = PhotoProblem.NOT_A_PICTURE
    move(receipt, PhotoState.UNUSABLE, actor=Actor.MACHINE)
    assert "Photos 2 photos" in words_of(claimant.sees("send"))


def test_of_several_units_each_count_names_its_unit(claimant: Claimant) -> None:
    first, second = serials_in(claimant.owner.folder, "a1263")[:2]
    claimant.begins(serials=f"{first}\n{second}")
    more = {"label-2": photo_file(3), "marking-2": photo_file(4)}
    claimant.sends_photos(**more)
    claimant.gives("you", NAMED)
    assert "One for each of your 2 units" in words_of(claimant.sees("remedy"))
    claimant.gives("remedy", {"remedy": "gift-card"})
    words = words_of(claimant.sees("send"))
    assert "Unit 1: 2 photos" in words
    assert "Unit 2: 2 photos" in words


@pytest.fixture
def gone(claimant: Claimant) -> Claimant:
    claimant.begins(serial="", reading="gone")
    claimant.gives("you", NAMED)
    claimant.gives("remedy", {"remedy": "gift-card"})
    return claimant


def test_whoever_has_no_unit_and_sent_no_photo_reads_none(gone: Claimant) -> None:
    words = words_of(gone.sees("send"))
    assert "Photos None" in words
    assert "0 photos" not in words


def test_whoever_no_longer_has_it_promises_nothing_about_getting_rid_of_it(
    gone: Claimant,
) -> None:
    words = words_of(gone.sees("send"))
    assert GONE in words
    assert "will get rid of it" not in words
    gone.gives("send", AGREED)
    kept = Agreement.objects.get(filing=gone.filing, text__kind=StatementKind.DISPOSAL)
    assert kept.text.text == GONE
