"""The part of a photo that was read, cut out by the browser: upright and whole, with a margin."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.portal.drawings.crop import MARGIN, Box, Crop, cropped

WIDTH, HEIGHT = 1600, 1200


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def seen(crop: Crop, x: float, y: float) -> tuple[float, float]:
    """Where a place of the photo comes to lie in the picture that is cut out."""
    turn, middle_x, middle_y = numbers(crop.markup.split("rotate(")[1])
    sine, cosine = math.sin(math.radians(turn)), math.cos(math.radians(turn))
    left, top, _, _ = numbers(crop.view_box)
    x, y = x - middle_x, y - middle_y
    return x * cosine - y * sine + middle_x - left, x * sine + y * cosine + middle_y - top


def turned(degrees: float, wide: float, high: float) -> Box:
    """A box around the middle of the photo, whose text was turned so, clockwise."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    corners = ((-wide, -high), (wide, -high), (wide, high), (-wide, high))
    return tuple(
        (
            0.5 + (x * cosine - y * sine) / 2 / WIDTH,
            0.5 + (x * sine + y * cosine) / 2 / HEIGHT,
        )
        for x, y in corners
    )


@given(st.integers(-179, 180), st.floats(100, 700), st.floats(12, 80))
def test_however_the_text_lies_it_is_upright_and_whole(
    degrees: int, wide: float, high: float
) -> None:
    box = turned(degrees, wide, high)
    crop = cropped("/photo", WIDTH, HEIGHT, box)
    around = MARGIN * high
    placed = [seen(crop, x * WIDTH, y * HEIGHT) for x, y in box]
    upright = [(0, 0), (wide, 0), (wide, high), (0, high)]
    for (x, y), (wanted_x, wanted_y) in zip(placed, upright, strict=True):
        assert x == pytest.approx(wanted_x + around, abs=0.5)
        assert y == pytest.approx(wanted_y + around, abs=0.5)


def test_the_address_is_escaped_and_no_style_stands_in_it() -> None:
    crop = cropped('/"><script>', WIDTH, HEIGHT, turned(0, 300, 30))
    assert "<script>" not in crop.markup
    assert "style" not in crop.markup


def test_a_box_without_a_size_breaks_nothing() -> None:
    crop = cropped("/photo", WIDTH, HEIGHT, ((0.5, 0.5),) * 4)
    assert numbers(crop.view_box)[2:] == [1, 1]
