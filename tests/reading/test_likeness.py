"""Pictures that look alike differ in few bits, however they are turned; others in about half."""

import io
import random
from collections.abc import Callable

import imagehash
import numpy
import pytest
from PIL import Image, ImageEnhance, ImageFilter

from recalldesk.reading.likeness import BYTES, NEAR, TURNS, distance, likeness_of, turns_of
from tests.evidence.pictures import drawn

FAR = 80


def scene(seed: int, size: tuple[int, int] = (480, 360)) -> Image.Image:
    """Made-up patches, as different from seed to seed as two photos are."""
    draw = random.Random(seed)
    pixels = bytes(draw.randrange(256) for _ in range(16 * 12))
    return Image.frombytes("L", (16, 12), pixels).resize(size, Image.Resampling.BICUBIC)


def upright(picture: Image.Image) -> bytes:
    return turns_of(likeness_of(picture))[0]


@pytest.mark.parametrize("seed", range(20))
def test_the_bits_are_those_of_imagehash(seed: int) -> None:
    for picture in (scene(seed), drawn(seed=seed)):
        theirs = numpy.packbits(imagehash.phash(picture, hash_size=16).hash.flatten())
        assert upright(picture) == theirs.tobytes()


@pytest.mark.parametrize("turn", Image.Transpose)
def test_a_turned_or_mirrored_picture_is_found_by_one_of_the_eight(turn: Image.Transpose) -> None:
    for seed in range(10):
        turned = upright(scene(seed).transpose(turn))
        nearest = min(distance(turned, bits) for bits in turns_of(likeness_of(scene(seed))))
        assert nearest <= 6


def test_the_eight_turns_of_a_picture_are_far_from_one_another() -> None:
    turns = turns_of(likeness_of(scene(1)))
    assert len(turns) == len(set(turns)) == TURNS
    assert {len(bits) for bits in turns} == {BYTES}
    assert min(distance(turns[0], bits) for bits in turns[1:]) > FAR


def as_a_jpeg(picture: Image.Image) -> Image.Image:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=30)
    return Image.open(out)


@pytest.mark.parametrize(
    "changed",
    [
        as_a_jpeg,
        lambda picture: picture.resize((200, 150)),
        lambda picture: ImageEnhance.Brightness(picture).enhance(0.6),
        lambda picture: picture.filter(ImageFilter.GaussianBlur(2)),
        lambda picture: picture.convert("RGB"),
    ],
)
def test_a_copy_that_was_made_worse_stays_near_and_another_picture_does_not(
    changed: Callable[[Image.Image], Image.Image],
) -> None:
    for seed in range(10):
        assert distance(upright(scene(seed)), upright(changed(scene(seed)))) <= NEAR
        assert distance(upright(scene(seed)), upright(scene(100 + seed))) > FAR


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("RGB", (300, 300), "white"),
        Image.new("L", (300, 200)),
        Image.linear_gradient("L"),
    ],
)
def test_a_picture_with_nothing_in_it_is_like_no_other(picture: Image.Image) -> None:
    assert likeness_of(picture) == b""
