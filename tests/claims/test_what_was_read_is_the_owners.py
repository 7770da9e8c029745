"""What was read in an owner's photos: it is in the copy of all data, and erased with them."""

import json

import pytest

from recalldesk.claims.erasing import erase_drafts, erase_filing
from recalldesk.claims.exporting import everything_of
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.models import Filing
from recalldesk.evidence.models import Photo, Reading
from recalldesk.evidence.states import PhotoKind
from recalldesk.foundation import clock
from tests.cast import AFFECTED
from tests.claims.owner import OLGA, again, claim_of, fresh_pass
from tests.claims.readings import UNSEEN, is_read, label_of, marking_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def with_readings(filing: Filing) -> Filing:
    photos = claim_of(filing).evidence.photos
    is_read(photos.get(kind=PhotoKind.LABEL), label_of(AFFECTED, model="K20"))
    is_read(photos.get(kind=PhotoKind.MARKING), marking_of(code=UNSEEN, lines=["RECALLED"]))
    return filing


def test_the_copy_of_all_data_says_what_was_read() -> None:
    filing = with_readings(OLGA.files(photos=True))
    label, marking = json.loads(json.dumps(everything_of(filing)))["units"][0]["photos"]
    assert label["what_was_read"] == {
        "model": "K20",
        "serials": [AFFECTED],
        "bar_codes": [],
        "lines": [],
    }
    assert marking["what_was_read"] == {
        "seen": {"word": True, "code": False},
        "lines": ["RECALLED"],
    }
    assert label["reading"] == "read"


def test_a_photo_that_was_not_read_says_so() -> None:
    filing = OLGA.files(photos=True)
    is_read(claim_of(filing).evidence.photos.earliest("pk"), None)
    given_up, waits = everything_of(filing)["units"][0]["photos"]
    assert (given_up["reading"], given_up["what_was_read"]) == ("given_up", None)
    assert (waits["reading"], waits["what_was_read"]) == ("", None)


def test_it_is_erased_with_a_filing() -> None:
    filing = with_readings(OLGA.files(photos=True))
    withdraw_filing(filing_id=filing.pk)
    erase_filing(opened=fresh_pass(filing))
    assert not Reading.objects.exists()
    assert [photo.reading for photo in Photo.objects.all()] == ["", ""]
    assert everything_of(again(filing))["units"][0]["photos"] == []


def test_it_is_erased_with_a_draft_that_was_left() -> None:
    filing = with_readings(OLGA.drafts(photos=True))
    Filing.objects.filter(pk=filing.pk).update(touched_at=clock.now().replace(year=2020))
    assert erase_drafts() == 1
    assert not Reading.objects.exists()
