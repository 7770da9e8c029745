"""A claim that begins with a photo of the label: what was read is confirmed, and nothing waits."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from pytest_django import Settings

from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.states import UnitReading
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind, PhotoState
from recalldesk.foundation import clock
from recalldesk.portal.uploading import upload_limits
from recalldesk.reading.seen import LabelReading
from tests.claims.owner import settles
from tests.claims.readings import is_read, label_of, waits_to_be_read
from tests.limited import FREE
from tests.portal.claims.conftest import Claimant, hidden_of, photo_file, words_of
from tests.portal.published import serials_in

MISREAD = str.maketrans("1258B6GSZL", "LZSB8G652I")
READING = "We are reading your photo"


@pytest.fixture
def begun(claimant: Claimant) -> Claimant:
    """Whoever sent a photo of the label, and waits for its reading."""
    claimant.begins(label=photo_file(1), photo="1")
    return claimant


def newest() -> Photo:
    return Photo.objects.exclude(state=PhotoState.REMOVED).latest("pk")


def reads(reading: LabelReading | None) -> None:
    """The jobs of the newest photo have run."""
    with transaction.atomic():
        is_read(newest(), reading)


def state(claimant: Claimant) -> str:
    return claimant.sees("photos/state").json()["label"]


def test_the_page_asks_for_the_photo_first_and_for_everything_else_below(
    claimant: Claimant,
) -> None:
    page = claimant.owner.sees(claimant.begin_path)
    words = words_of(page)
    choices = [
        "Take a photo of the label",
        "How we use your photos",
        "Type the serial number instead",
        "I cannot read it",
        "I no longer have it",
        "I have several",
    ]
    assert sorted(map(words.index, choices)) == [words.index(each) for each in choices]
    text = page.content.decode()
    assert re.search(r'<input type="file" id="label-camera"[^>]* capture="environment"', text)
    assert re.search(r'<input type="file" id="label-file"(?![^>]*capture)', text)


def test_the_photo_makes_the_draft_and_lies_with_its_unit_as_the_label(begun: Claimant) -> None:
    assert begun.at.endswith("/label")
    claim = Claim.objects.get()
    assert (claim.reading, bytes(claim.sealed_serial)) == (UnitReading.SERIAL, b"")
    assert [each.kind for each in claim.evidence.photos.all()] == [PhotoKind.LABEL]


def test_while_it_is_read_the_page_says_how_long_and_loads_itself_again(begun: Claimant) -> None:
    page = begun.sees("label")
    assert READING in words_of(page)
    assert "about five seconds" in words_of(page)
    assert '<noscript><meta http-equiv="refresh"' in page.content.decode()
    assert "connect-src 'self'" in page["Content-Security-Policy"]
    before = state(begun)
    with transaction.atomic():
        waits_to_be_read(newest())
    assert READING in words_of(begun.sees("label"))
    assert state(begun) == before


def test_what_was_read_fills_model_and_serial_and_names_what_is_in_doubt(begun: Claimant) -> None:
    serial = begun.owner.recalled()
    before = state(begun)
    reads(label_of(serial, model="A1263", doubtful=[4, 8]))
    assert state(begun) != before
    page = begun.sees("label")
    text, words = page.content.decode(), words_of(page)
    assert "Is this the number on your unit?" in words
    assert f'value="{serial}"' in text
    assert "A1263" in words
    assert "Look at characters 5 and 9: we are not sure of them." in words
    assert text.count('<li class="doubt">') == 2
    photo = newest()
    assert f'<image href="{begun.path(f"photos/{photo.pk}")}"' in text
    assert Claim.objects.get().found == "", "nothing was taken by itself"


def test_whoever_says_that_it_is_it_goes_on_and_is_not_asked_for_it_again(begun: Claimant) -> None:
    serial = begun.owner.recalled()
    reads(label_of(serial))
    page = begun.sees("label")
    begun.gives("unit", hidden_of(page, "/unit") | {"serial": serial})
    assert begun.at.endswith("/photos")
    assert Claim.objects.get().found == "affected"
    words = words_of(begun.sees("photos"))
    assert f"We read what you gave: {serial}" in words
    assert "then take a photo of it" in words
    begun.gives("photos", {"marking-1": photo_file(2), "next": "1"})
    assert begun.at.endswith("/you")


def test_within_reach_it_is_to_be_looked_at_again_beside_the_photo_and_nothing_is_betrayed(
    begun: Claimant,
) -> None:
    recalled = begun.owner.recalled()
    wrong = recalled.translate(MISREAD)
    reads(label_of(wrong))
    page = begun.gives("unit", {"serial": wrong})
    words = words_of(page)
    assert "Please look again" in words
    assert recalled not in words
    assert '<svg class="crop"' in page.content.decode()
    begun.gives("unit", hidden_of(page, "/unit") | {"serial": recalled})
    assert begun.at.endswith("/photos")


@pytest.mark.parametrize("reading", [LabelReading(), None])
def test_nothing_read_says_what_to_do_better_and_how_to_go_on(
    begun: Claimant, reading: LabelReading | None
) -> None:
    reads(reading)
    words = words_of(begun.sees("label"))
    for said in ("We could not read the number", "Let the label fill the picture"):
        assert said in words
    assert "Type the serial number instead" in words
    begun.gives("label", {"label": photo_file(7), "photo": "1"})
    assert begun.at.endswith("/label")
    assert READING in words_of(begun.sees("label"))
    serial = begun.owner.recalled()
    reads(label_of(serial))
    assert f'value="{serial}"' in begun.sees("label").content.decode()


def test_a_photo_of_no_use_says_why_and_the_next_takes_its_place(begun: Claimant) -> None:
    useless = newest()
    with transaction.atomic():
        settles(useless, PhotoState.UNUSABLE)
    Photo.objects.filter(pk=useless.pk).update(problem="too_small")
    words = words_of(begun.sees("label"))
    assert "This picture is too small for anybody to read." in words
    begun.gives("label", {"label": photo_file(7), "photo": "1"})
    useless.refresh_from_db()
    assert useless.state == PhotoState.REMOVED


def test_where_no_worker_reads_it_the_number_can_be_typed_and_a_late_reading_still_shows(
    begun: Claimant,
) -> None:
    with time_machine.travel(clock.now() + timedelta(seconds=30), tick=False):
        page = begun.sees("label")
        text = page.content.decode()
        assert "takes longer than usual" in words_of(page)
        assert re.search(r'<details class="typed" open>', text)
        assert "http-equiv" not in text
    serial = begun.owner.recalled()
    begun.gives("unit", {"serial": serial})
    assert begun.at.endswith("/photos")
    begun.gives("photos", {"marking-1": photo_file(2), "next": "1"})
    assert begun.at.endswith("/you"), "no photo that waits is waited for"
    with transaction.atomic():
        is_read(Photo.objects.get(kind=PhotoKind.LABEL), label_of(serial))
    assert f"We read what you gave: {serial}" in words_of(begun.sees("photos"))


def test_it_can_be_typed_at_once(begun: Claimant) -> None:
    page = begun.sees("unit", "?type")
    assert '<details class="typed" open>' in page.content.decode()


def test_coming_back_to_the_claim_shows_what_was_read(begun: Claimant) -> None:
    assert begun.sees("")["Location"].endswith("/unit")
    assert begun.sees("unit")["Location"].endswith("/label")


@pytest.mark.parametrize("reading", ["unreadable", "gone", "several"])
def test_the_other_ways_are_open_from_there(begun: Claimant, reading: str) -> None:
    reads(LabelReading())
    page = begun.gives("unit", {"serial": "", "reading": reading})
    if reading == "several":
        assert "The serial numbers of all of them" in words_of(page)
        serials = serials_in(begun.owner.folder, "a1263")[:2]
        begun.gives("unit", {"serials": "\n".join(serials)})
        assert begun.at.endswith("/photos")
        assert begun.sees("label")["Location"].endswith("/unit")
    else:
        assert Claim.objects.get().reading == reading


def test_the_model_on_the_label_chooses_among_several(claimant: Claimant) -> None:
    claimant.recall = "anker-25-466"
    claimant.begins(label=photo_file(1), photo="1")
    serial = serials_in(claimant.owner.folder, "25-466")[0]
    reads(label_of(serial, model="A1681"))
    page = claimant.sees("label")
    assert re.search(r'<option value="a1681" selected>', page.content.decode())
    claimant.gives("unit", {"serial": serial, "product": "a1681"})
    assert claimant.at.endswith("/photos")
    assert Claim.objects.get().product == "a1681"


@pytest.mark.parametrize("fields", [{"photo": "1"}, {"photo": "1", "label": ""}])
def test_without_a_photo_the_page_says_so_and_keeps_nothing(
    claimant: Claimant, fields: dict[str, str]
) -> None:
    page = claimant.begins(**fields)
    assert page.status_code == 422
    assert "No photo came with it." in words_of(page)
    assert not Filing.objects.exists()


def test_one_that_is_refused_says_why_and_the_next_goes_to_the_same_draft(
    claimant: Claimant,
) -> None:
    empty = photo_file(1)
    empty.truncate(0)
    page = claimant.begins(label=empty, photo="1")
    assert page.status_code == 422
    assert "This file is empty." in words_of(page)
    claimant.at = f"/en/claims/{Filing.objects.get().key}/unit"
    claimant.gives("label", {"label": photo_file(1), "photo": "1"})
    assert claimant.at.endswith("/label")
    assert Filing.objects.count() == 1


def test_drafts_by_photo_are_charged_as_photos_are(claimant: Claimant, settings: Settings) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"free_photos": 2})
    upload_limits.forget()
    for number in range(2):
        claimant.begins(label=photo_file(number), photo="1")
    page = claimant.begins(label=photo_file(9), photo="1")
    assert page.status_code == 422
    assert "Very many photos came from your connection" in words_of(page)
    assert Filing.objects.count() == 2


@pytest.mark.usefixtures("limits")
def test_what_was_read_is_charged_as_a_check_when_it_is_confirmed(claimant: Claimant) -> None:
    claimant.begins(label=photo_file(1), photo="1")
    for number in range(FREE):
        claimant.gives("unit", {"serial": f"{number:016d}"})
    assert claimant.gives("unit", {"serial": "9" * 16}).status_code == 429


def test_a_claim_that_was_sent_has_no_such_page(begun: Claimant) -> None:
    begun.gives("unit", {"serial": begun.owner.recalled()})
    Filing.objects.update(state="filed", filed_at=clock.now())
    for step in ("label", "photos/state"):
        assert begun.sees(step).status_code == 303


def test_whoever_is_told_to_look_again_may_photograph_instead_of_typing(
    claimant: Claimant,
) -> None:
    recalled = claimant.owner.recalled()
    told = claimant.begins(serial=recalled.translate(MISREAD), recall="anker-a1263")
    assert "Or take a photo of the label" in words_of(told)
    claimant.begins(**hidden_of(told, "/claim"), label=photo_file(1), photo="1")
    reads(label_of(recalled))
    page = claimant.sees("label")
    assert "Is this the number on your unit?" in words_of(page)
    assert f'value="{recalled}"' in page.content.decode()
    claimant.gives("unit", {"serial": recalled})
    assert claimant.at.endswith("/photos")
