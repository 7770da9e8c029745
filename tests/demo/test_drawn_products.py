"""Photographs of products that the demo draws: each time the same, and as large as is needed."""

import io

import pytest
from PIL import Image

from recalldesk.demo.photos.products import draw_kettle
from recalldesk.demo.pictures import DRAWN, drawn_picture

NAMES = [(recall, file) for recall, files in DRAWN.items() for file in files]


@pytest.mark.parametrize(("recall", "file"), NAMES)
def test_each_can_be_taken_as_a_picture_of_a_product(recall: str, file: str) -> None:
    content = drawn_picture(recall, file)
    with Image.open(io.BytesIO(content)) as photo:
        assert photo.format == "JPEG"
        assert photo.width >= 1280
        assert photo.getexif() == {}


def test_the_same_seed_draws_the_same_photo_and_another_another() -> None:
    first = draw_kettle(3).tobytes()
    assert draw_kettle(3).tobytes() == first
    assert draw_kettle(4).tobytes() != first
