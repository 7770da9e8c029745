"""What was read in photos, as the page of photos and the status page say it: never a refusal."""

import pytest
from django.db import transaction

from recalldesk.claims.models import Claim
from recalldesk.claims.states import ClaimState, UnitReading
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.reading.seen import LabelReading, MarkingReading
from tests.claims.readings import (
    SEEN,
    UNSEEN,
    is_read,
    label_of,
    marking_of,
    waits_to_be_read,
)
from tests.portal.claims.conftest import AGREED, NAMED, Claimant, photo_file, words_of
from tests.portal.published import serials_in
from tests.worked import run_jobs

CODED = "anker-25-466"
"""Its owners write the word and a code."""


@pytest.fixture
def coded(claimant: Claimant) -> Claimant:
    """Whoever has sent both photos, which nobody has read yet."""
    claimant.recall = CODED
    serial = serials_in(claimant.owner.folder, "25-466")[0]
    claimant.begins_with(serial, model="A1681")
    claimant.gives("photos", {"label-1": photo_file(1), "marking-1": photo_file(2)})
    return claimant


def serial_of(claimant: Claimant) -> str:
    return serials_in(claimant.owner.folder, "25-466")[0]


def reads(kind: PhotoKind, reading: LabelReading | MarkingReading | None) -> Photo:
    """The jobs of the newest photo of a kind have run."""
    with transaction.atomic():
        return is_read(Photo.objects.filter(kind=kind).latest("pk"), reading)


def said(claimant: Claimant, kind: PhotoKind) -> dict[str, object]:
    """What the state says of the newest photo of a kind."""
    newest = Photo.objects.filter(kind=kind).latest("pk").pk
    return next(
        each for each in claimant.sees("photos/state").json()["photos"] if each["id"] == newest
    )


def test_a_photo_is_scanned_then_read_and_the_script_is_told(coded: Claimant) -> None:
    assert said(coded, PhotoKind.LABEL)["isWaiting"]
    with transaction.atomic():
        waits_to_be_read(Photo.objects.get(kind=PhotoKind.LABEL))
    waits = said(coded, PhotoKind.LABEL)
    assert waits["isWaiting"]
    assert waits["says"] == "We have this photo and are reading it; you need not wait."
    assert str(waits["url"]).startswith(coded.path("photos/"))
    assert coded.sees("photos").content.decode().count(" data-waits") == 2


LABELS = [
    ("{serial}", "We read what you gave: {serial}", ""),
    ("{other}", "It reads otherwise at character 5: please look again.", "Look at it again"),
    ("{short}", "It reads otherwise than what you gave: please look again.", "Look at it again"),
    ("", "We have this photo. A person looks at it.", ""),
]


@pytest.mark.parametrize(("read", "says", "mends"), LABELS)
def test_how_the_label_reads(coded: Claimant, read: str, says: str, mends: str) -> None:
    serial = serial_of(coded)
    other = serial[:4] + ("Z" if serial[4] != "Z" else "Y") + serial[5:]
    text = read.format(serial=serial, other=other, short=serial[:-1])
    reads(PhotoKind.LABEL, label_of(text) if text else LabelReading())
    label = said(coded, PhotoKind.LABEL)
    assert (label["says"], label["mendWords"]) == (says.format(serial=serial), mends)
    assert not label["isWaiting"]
    page = words_of(coded.sees("photos"))
    assert says.format(serial=serial) in page


def test_the_serial_is_mended_beside_the_photo_which_stays(coded: Claimant) -> None:
    serial = serial_of(coded)
    other = serials_in(coded.owner.folder, "25-466")[1]
    reads(PhotoKind.LABEL, label_of(other))
    assert said(coded, PhotoKind.LABEL)["mendUrl"] == coded.path("label")
    words = words_of(coded.sees("label"))
    assert f"You gave {serial}." in words
    assert "Leave it as I gave it" in words
    coded.gives("unit", {"serial": other, "product": "a1681"})
    assert coded.at.endswith("/you"), "no photo is asked again"
    assert f"We read what you gave: {other}" in words_of(coded.sees("photos"))


MARKINGS = [
    (marking_of(), "We see RECALLED and your number on it.", False),
    (marking_of(SEEN, UNSEEN), "We do not see your number on it yet.", True),
    (marking_of(UNSEEN, SEEN), "We do not see RECALLED on it yet.", True),
    (marking_of(UNSEEN, UNSEEN), "We do not see RECALLED and your number on it yet.", True),
    (None, "We have this photo. We could not read it: a person looks at it.", False),
]


@pytest.mark.parametrize(("reading", "says", "helps"), MARKINGS)
def test_what_was_written_is_seen_or_one_more_photo_is_welcome_and_nothing_blocks(
    coded: Claimant, reading: MarkingReading | None, says: str, helps: bool
) -> None:
    reads(PhotoKind.MARKING, reading)
    marking = said(coded, PhotoKind.MARKING)
    assert marking["says"] == says
    assert ("One more photo helps" in str(marking["does"])) is helps
    assert not marking["isFailed"]
    coded.gives("photos", {"next": "1"})
    assert coded.at.endswith("/you")


def test_with_another_that_shows_it_nothing_is_missing(coded: Claimant) -> None:
    reads(PhotoKind.MARKING, marking_of(SEEN, UNSEEN))
    first = Photo.objects.get(kind=PhotoKind.MARKING).pk
    coded.gives("photos", {"marking-1": photo_file(3)})
    reads(PhotoKind.MARKING, marking_of())
    photos = {each["id"]: each for each in coded.sees("photos/state").json()["photos"]}
    assert (photos[first]["says"], photos[first]["does"]) == ("We have this photo.", "")


def test_a_name_counts_once_it_is_known(claimant: Claimant) -> None:
    claimant.begins_with(claimant.owner.recalled())
    claimant.gives("photos", {"label-1": photo_file(1), "marking-1": photo_file(2)})
    reads(PhotoKind.MARKING, marking_of(code=None, lines=["RECALLED", "SOMEBODY ELSE"]))
    assert said(claimant, PhotoKind.MARKING)["says"] == "We see RECALLED on it."
    claimant.gives("you", NAMED)
    assert said(claimant, PhotoKind.MARKING)["says"] == "We do not see your name on it yet."


def test_a_label_that_nobody_could_read_may_have_been_read_after_all(claimant: Claimant) -> None:
    claimant.begins(serial="", reading="unreadable")
    claimant.gives("photos", {"label-1": photo_file(1)})
    serial = claimant.owner.recalled()
    reads(PhotoKind.LABEL, label_of(serial))
    assert said(claimant, PhotoKind.LABEL)["says"] == "We may have read the number on it."
    assert Claim.objects.get().reading == UnitReading.UNREADABLE
    assert f'value="{serial}"' in claimant.sees("label").content.decode()
    claimant.gives("unit", {"serial": serial})
    assert Claim.objects.get().reading == UnitReading.SERIAL


def test_each_of_several_units_is_read_by_itself(claimant: Claimant) -> None:
    one, other = serials_in(claimant.owner.folder, "a1263")[:2]
    claimant.begins(serials=f"{one}\n{other}")
    claimant.gives("photos", {"label-1": photo_file(1), "label-2": photo_file(2)})
    first, second = Photo.objects.order_by("pk")
    with transaction.atomic():
        is_read(first, label_of(one))
        is_read(second, label_of(one))
    page = words_of(claimant.sees("photos"))
    assert f"We read what you gave: {one}" in page
    assert "It reads otherwise" in page
    assert said(claimant, PhotoKind.LABEL)["mendUrl"] == claimant.path("label")
    assert claimant.sees("label")["Location"].endswith("/unit")


@pytest.fixture
def asked(coded: Claimant) -> Claimant:
    """A claim that was sent, whose number was not seen."""
    reads(PhotoKind.LABEL, label_of(serial_of(coded)))
    coded.gives("you", NAMED)
    coded.gives("remedy", {"remedy": "gift-card"})
    coded.gives("send", AGREED)
    reads(PhotoKind.MARKING, marking_of(SEEN, UNSEEN))
    run_jobs(tasks=["claims.evidence_settled"])
    return coded


def test_the_status_page_asks_for_one_more_and_says_what_to_do_better(asked: Claimant) -> None:
    assert asked.filing.claims.get().state == ClaimState.NEEDS_OWNER
    page = asked.sees("")
    words = words_of(page)
    assert "We need one more photo from you" in words
    assert "We do not see your number on it yet. One more photo helps" in words
    assert "/more-photos?unit=1&amp;kind=marking" in page.content.decode()


def test_once_a_person_looks_nothing_more_is_asked(asked: Claimant) -> None:
    asked.gives("more-photos", {"unit": "1", "kind": "marking", "photos": photo_file(7)})
    assert asked.filing.claims.get().state == ClaimState.CHECKING
    reads(PhotoKind.MARKING, marking_of(SEEN, UNSEEN))
    run_jobs(tasks=["claims.evidence_settled"])
    assert asked.filing.claims.get().state == ClaimState.IN_REVIEW
    words = words_of(asked.sees(""))
    assert "A person is looking at your claim" in words
    assert "We do not see" not in words
