"""A check that begins with a photo of the label: alone it never says "not in this recall"."""

import pytest

from recalldesk.checks import counts
from recalldesk.checks.models import CheckCount
from recalldesk.reading.seen import LabelReading, Source
from recalldesk.units.checking import check_serial
from recalldesk.units.verdict.photographed import Photographed
from tests.labels import candidate, code, label
from tests.portal.looks.conftest import PHOTO, Looker, heading, words_of
from tests.portal.looks.test_a_photo_answers import (
    AGAIN,
    ANOTHER,
    NOT_IN,
    PERSON,
    STOP,
    neighbours,
)

CHECK = "/en/recalls/anker-a1263/check"
TYPE = "Now type the serial number"
FAR = "QQ9ZQQ9ZQQ9ZQQ9Z"


def begins(looker: Looker, reading: LabelReading | None) -> str:
    """A photo from the check page, read like this; the heading of its page."""
    assert looker.photographs(looker.owner.sees(CHECK)).status_code == 303
    return heading(looker.is_told(reading))


def test_the_check_page_offers_it_and_stays_without_a_cookie(looker: Looker) -> None:
    page = looker.owner.sees(CHECK)
    assert "Or begin with a photo of the label" in words_of(page)
    assert 'capture="environment"' in page.content.decode()
    assert "public" in page["Cache-Control"]
    assert not page.cookies


def test_a_recalled_label_says_stop_with_nothing_typed(looker: Looker) -> None:
    recalled = looker.owner.recalled()
    assert begins(looker, label(candidate(recalled))) == STOP
    page = looker.sees()
    assert "We read this in your photo" in words_of(page)
    assert f'value="{recalled}"' in page.content.decode()
    assert counts.write_now()
    rows = CheckCount.objects.filter(source="photo", recall__isnull=True)
    assert [(row.verdict, row.count) for row in rows] == [("affected", 1)]


@pytest.mark.parametrize("number", [0, 1])
def test_any_other_is_typed_too_and_what_was_read_is_not_shown(looker: Looker, number: int) -> None:
    text = [neighbours(looker)[0], FAR][number]
    assert begins(looker, label(candidate(text))) == TYPE
    page = looker.sees()
    assert text not in page.content.decode()
    assert "Until you know, do not use it." in words_of(page)
    assert counts.write_now()
    assert not CheckCount.objects.exists(), "nothing is answered yet"
    assert heading(looker.types(text)) == NOT_IN
    assert counts.write_now()
    rows = CheckCount.objects.filter(source="photo", recall__isnull=True)
    assert [(row.verdict, row.count) for row in rows] == [("not_affected", 1)]


def test_a_text_that_the_photo_does_not_read_settles_nothing(looker: Looker) -> None:
    text, other, *_ = neighbours(looker)
    assert begins(looker, label(candidate(text))) == TYPE
    assert heading(looker.types(other)) == AGAIN
    assert heading(looker.types(other)) == PERSON


def test_a_recalled_serial_that_is_read_with_a_doubt_is_not_shown(looker: Looker) -> None:
    recalled = looker.owner.recalled()
    assert begins(looker, label(candidate(recalled, [15]))) == TYPE
    assert recalled not in looker.sees().content.decode()
    assert heading(looker.types(FAR)) == AGAIN
    assert heading(looker.types(recalled)) == STOP


def test_a_photo_that_cannot_be_read_asks_for_another_and_takes_a_text(looker: Looker) -> None:
    recalled = looker.owner.recalled()
    assert begins(looker, label()) == ANOTHER
    for last in (ANOTHER, "Please type the serial number"):
        looker.photographs(looker.sees())
        assert heading(looker.is_told(label())) == last
    assert heading(looker.types(recalled)) == STOP


def test_without_a_photo_it_is_asked_for_again(looker: Looker) -> None:
    sent = looker.owner.sends(PHOTO, recall="anker-a1263")
    assert sent.status_code == 422
    assert "No photo came with it." in words_of(sent)
    assert looker.photographs(sent).status_code == 303


def test_no_reading_alone_is_ever_not_affected(looker: Looker) -> None:
    text = neighbours(looker)[0]
    readings = [
        label(),
        label(candidate(text)),
        label(candidate(FAR)),
        label(candidate(FAR), model="A1263"),
        label(candidate(FAR, [3])),
        label(candidate(FAR, source=Source.BAR_CODE), codes=[code(FAR)]),
        label(lines=[FAR]),
        label(candidate("")),
    ]
    for reading in readings:
        for last in (False, True):
            photo = Photographed(reading, is_last_photo=last)
            for typed in ("", " - "):
                verdict = check_serial(typed, models=("A1263",), photo=photo).verdict
                assert verdict in ("look_again", "ask_a_person")
