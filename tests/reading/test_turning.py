"""Boxes fit the upright photo, whatever it was turned by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from recalldesk.reading.turning import turned, turned_back

parts = st.floats(0, 1)


@given(parts, parts, st.sampled_from((0, 90, 180, 270)))
def test_a_point_turned_on_and_back_is_the_same(x: float, y: float, turn: int) -> None:
    there = turned_back((x, y), turn)
    assert turned_back(there, (360 - turn) % 360) == pytest.approx((x, y))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_dot_of_the_turned_photo_is_found_in_the_upright_one(turn: int) -> None:
    upright = Image.new("L", (40, 20))
    upright.putpixel((30, 4), 255)
    standing = turned(upright, turn)
    left, top, *_ = standing.getbbox() or ()
    x, y = turned_back(((left + 0.5) / standing.width, (top + 0.5) / standing.height), turn)
    assert (int(x * 40), int(y * 20)) == (30, 4)
