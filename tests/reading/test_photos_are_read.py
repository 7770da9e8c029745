"""A few made-up photos through the whole engine, in this process, which reaches no network."""

import pytest
from PIL import Image

from recalldesk.demo.photos.conditions import Condition
from recalldesk.demo.photos.labels import Look, draw_label
from recalldesk.demo.photos.markings import draw_marking
from recalldesk.reading.asked import ExpectedMarking
from recalldesk.reading.label import read_label
from recalldesk.reading.marking import verify_marking
from recalldesk.reading.seen import LabelReading, Source
from tests.reading.written import FORM, SERIAL


@pytest.mark.parametrize("condition", [Condition.CLEAN, Condition.TURNED_90, Condition.TURNED_180])
def test_a_printed_label_gives_model_and_serial(condition: Condition) -> None:
    photo = draw_label(SERIAL, "A1263", 4, condition, look=Look.DARK_ON_WHITE, has_bar_code=False)
    read = read_label(photo, FORM)
    assert read.model == "A1263"
    assert [found.text for found in read.candidates] == [SERIAL]
    assert read.candidates[0].source is Source.PRINT
    assert read.candidates[0].doubtful == ()


def test_a_bar_code_gives_the_serial_and_where_it_stands() -> None:
    photo = draw_label(SERIAL, "A1263", 5, look=Look.WHITE_ON_BLACK, has_bar_code=True)
    read = read_label(photo, FORM)
    assert read.candidates[0].text == SERIAL
    assert read.candidates[0].source is Source.BAR_CODE
    assert [code.text for code in read.bar_codes] == [SERIAL]
    assert all(0 <= side <= 1 for point in read.bar_codes[0].box for side in point)


@pytest.mark.parametrize("size", [(2048, 1536), (200, 200), (2048, 200), (300, 2048)])
def test_a_photo_of_nothing_says_nothing(size: tuple[int, int]) -> None:
    read = read_label(Image.new("RGB", size, (120, 110, 100)), FORM)
    assert read == LabelReading()


def test_a_marking_is_verified_however_the_photo_is_turned() -> None:
    photo = draw_marking("RECALLED", "4829-1375", seed=3, condition=Condition.TURNED_270)
    read = verify_marking(photo, ExpectedMarking("RECALLED", "4829-1375"))
    assert read.word is not None
    assert read.word.is_verified
    assert read.code is not None
    assert read.code.is_verified


def test_another_code_is_not() -> None:
    photo = draw_marking("RECALLED", "4829-1375", seed=3)
    read = verify_marking(photo, ExpectedMarking("RECALLED", "6150-7742"))
    assert read.code is not None
    assert not read.code.is_verified
