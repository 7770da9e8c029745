"""The same arguments give the same photo, also in another process; others give another."""

import subprocess
import sys
from decimal import Decimal
from hashlib import sha256
from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from recalldesk.demo.photos.conditions import Condition, as_jpeg
from recalldesk.demo.photos.labels import draw_label
from recalldesk.demo.photos.markings import draw_marking
from recalldesk.demo.photos.receipts import Bought, draw_receipt

SERIAL, MODEL = "AHCQ0123B45S789", "A1263"
BOUGHT = Bought("POWER BANK A1263", Decimal("25.99"), "12 MAR 2019", "111-555-0000")
PROGRAM = f"""
from hashlib import sha256
from recalldesk.demo.photos.conditions import Condition
from recalldesk.demo.photos.labels import draw_label
photo = draw_label({SERIAL!r}, {MODEL!r}, 7, Condition.ALL_AT_ONCE)
print(sha256(photo.tobytes()).hexdigest())
"""


@pytest.fixture(scope="module")
def each_condition() -> dict[Condition, Image.Image]:
    """One unit with one label, photographed under each condition."""
    return {each: draw_label(SERIAL, MODEL, 7, each) for each in Condition}


def test_another_process_draws_the_same(each_condition: dict[Condition, Image.Image]) -> None:
    here = sha256(each_condition[Condition.ALL_AT_ONCE].tobytes()).hexdigest()
    there = subprocess.run(
        [sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True
    )
    assert there.stdout.strip() == here


def test_drawing_something_else_in_between_changes_nothing(
    each_condition: dict[Condition, Image.Image],
) -> None:
    draw_marking("RECALLED", "4829-1375", seed=7)
    draw_receipt(BOUGHT, seed=7)
    again = draw_label(SERIAL, MODEL, 7, Condition.SMALL)
    assert again.tobytes() == each_condition[Condition.SMALL].tobytes()


def test_each_condition_gives_another_photo_of_the_same_unit_on_the_same_desk(
    each_condition: dict[Condition, Image.Image],
) -> None:
    small = {
        each: np.asarray(photo.convert("L").resize((64, 64), reducing_gap=2), dtype=np.int16)
        for each, photo in each_condition.items()
    }
    for one, other in combinations(Condition, 2):
        assert each_condition[one].tobytes() != each_condition[other].tobytes()
    clean = small[Condition.CLEAN]
    assert small[Condition.LOW_LIGHT].mean() < clean.mean() / 2
    assert small[Condition.LOW_CONTRAST].std() < clean.std() / 1.5
    assert np.abs(clean - np.rot90(small[Condition.TURNED_180], 2)).mean() < 15
    assert np.abs(clean - small[Condition.NOISE]).mean() < 15


def test_a_photo_is_as_large_as_the_reader_gets_it(
    each_condition: dict[Condition, Image.Image],
) -> None:
    upright, lying = (2048, 1536), (1536, 2048)
    for each, photo in each_condition.items():
        if each is not Condition.ALL_AT_ONCE:
            turned = each in (Condition.TURNED_90, Condition.TURNED_270)
            assert photo.size == (lying if turned else upright)


def test_a_photo_says_nothing_of_itself_but_its_pixels() -> None:
    photo = draw_marking("RECALLED", "4829-1375", seed=3)
    assert not photo.info
    kept = as_jpeg(photo)
    assert b"Exif" not in kept
    assert b"http" not in kept


def test_another_seed_gives_another_photo() -> None:
    markings = [draw_marking("RECALLED", "4829-1375", seed=seed).tobytes() for seed in (1, 2)]
    receipts = [draw_receipt(BOUGHT, seed=seed).tobytes() for seed in (1, 2)]
    assert markings[0] != markings[1]
    assert receipts[0] != receipts[1]
