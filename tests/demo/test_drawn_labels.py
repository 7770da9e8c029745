"""A drawn label shows its serial whole, and half of them also as a bar code."""

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from recalldesk.demo.photos.chance import chance
from recalldesk.demo.photos.conditions import Condition
from recalldesk.demo.photos.label_print import MARGIN, UNIT, printed
from recalldesk.demo.photos.labels import Look, draw_label, photograph_label
from recalldesk.demo.photos.scene import Corners
from tests.demo.conditions import some_conditions

SERIAL, MODEL = "AHCQ0123B45S7890", "A1263"
FAINT = (Condition.LOW_CONTRAST, Condition.LOW_LIGHT, Condition.ALL_AT_ONCE, Condition.GLARE)


def cut_out(photo: Image.Image, corners: Corners) -> np.ndarray:
    """The part of the photo that holds these corners, in grey."""
    across, down = [x for x, _ in corners], [y for _, y in corners]
    box = (min(across), min(down), max(across), max(down))
    return np.asarray(photo.convert("L").crop(tuple(round(edge) for edge in box)))


def bar_codes_of(photo: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(np.asarray(photo))]


@pytest.mark.parametrize("condition", some_conditions())
def test_the_serial_lies_inside_the_frame_and_is_ink_on_ground(condition: Condition) -> None:
    seed = 40 + list(Condition).index(condition)
    drawn = photograph_label(SERIAL, MODEL, seed, condition, look=Look.DARK_ON_WHITE)
    width, height = drawn.image.size
    for x, y in drawn.text:
        assert 0 < x < width
        assert 0 < y < height
    darkest, lightest = np.percentile(cut_out(drawn.image, drawn.text), (3, 90))
    assert lightest - darkest > (25 if condition in FAINT else 80)


@pytest.mark.parametrize("condition", some_conditions())
def test_its_first_corner_is_where_its_text_begins(condition: Condition) -> None:
    drawn = photograph_label(SERIAL, MODEL, 7, condition, has_bar_code=False)
    (ax, ay), (bx, by), (cx, cy), _ = drawn.text
    along = np.hypot(bx - ax, by - ay)
    across = np.hypot(cx - bx, cy - by)
    assert along > 5 * across
    if condition is Condition.TURNED_90:
        assert by - ay > 0.9 * along
    elif condition is Condition.TURNED_180:
        assert ax - bx > 0.9 * along
    elif condition is Condition.TURNED_270:
        assert ay - by > 0.9 * along
    elif condition is not Condition.ALL_AT_ONCE:
        assert bx - ax > 0.9 * along


def test_odd_seeds_have_a_bar_code_with_the_serial_and_even_seeds_have_none() -> None:
    found = {seed: bar_codes_of(draw_label(SERIAL, MODEL, seed)) for seed in range(60, 66)}
    assert [texts for seed, texts in found.items() if seed % 2 == 0] == [[]] * 3
    assert [texts for seed, texts in found.items() if seed % 2] == [[SERIAL]] * 3


@pytest.mark.parametrize("held_out", [False, True])
def test_the_longest_serial_fits_and_a_bar_code_covers_no_text(held_out: bool) -> None:
    for seed in range(80):
        look = list(Look)[seed % 4]
        bare, coded = (
            printed("W" * 20, MODEL, look, chance(seed), has_bar_code=each, held_out=held_out)
            for each in (False, True)
        )
        assert bare.bar_code is None
        assert coded.bar_code is not None
        assert bare.mask.crop(tuple(map(int, coded.bar_code))).getbbox() is None
        left, top, right, bottom = bare.serial
        assert MARGIN < left < right < UNIT[0] - MARGIN
        assert MARGIN < top < bottom < UNIT[1] - MARGIN


def test_the_serial_is_drawn_and_not_only_the_rest() -> None:
    one, other = (
        photograph_label(serial, MODEL, 6, look=Look.DARK_ON_WHITE)
        for serial in (SERIAL, SERIAL[:-1] + "8")
    )
    changed = np.abs(
        np.asarray(one.image.convert("L"), np.int16)
        - np.asarray(other.image.convert("L"), np.int16)
    )
    rows, columns = np.nonzero(changed > 60)
    (left, top), _, (right, bottom), _ = one.text
    assert rows.size > 50
    assert (left + right) / 2 < columns.min()
    assert columns.max() < right + 20
    assert min(top, bottom) - 40 < rows.min() <= rows.max() < max(top, bottom) + 40


def test_held_out_faces_give_another_label() -> None:
    tuned, held_out = (draw_label(SERIAL, MODEL, 6, held_out=each) for each in (False, True))
    assert tuned.tobytes() != held_out.tobytes()
