"""A photo in several widths, by a process of its own: plain, never enlarged, nothing beside it."""

import io
import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from recalldesk.cleaning import sizes_apart
from recalldesk.cleaning.answers import Fault, Unusable
from recalldesk.cleaning.apart import CleaningDied
from recalldesk.cleaning.picture import prepare
from recalldesk.cleaning.sizes import WIDTHS, in_sizes
from recalldesk.cleaning.sizes_apart import in_sizes_apart
from recalldesk.foundation.apart import PACKAGES
from tests.evidence.pictures import odd_ones, photo, png_bomb
from tests.evidence.plain_jpeg import beside_the_picture
from tests.made_pictures import picture

prepare()


def test_each_width_comes_back_plain() -> None:
    sizes = in_sizes_apart([photo()])
    assert [(size.width, size.height) for size in sizes] == [(320, 240), (640, 480)]
    for size in sizes:
        with Image.open(io.BytesIO(size.jpeg)) as opened:
            assert (opened.format, opened.size) == ("JPEG", (size.width, size.height))


@settings(deadline=None, max_examples=25)
@given(width=st.integers(200, 2400), height=st.integers(200, 1200))
def test_none_is_larger_than_the_file_and_the_shape_stays(width: int, height: int) -> None:
    sizes = in_sizes(picture("PNG", size=(width, height)))
    widths = [size.width for size in sizes]
    assert widths == sorted(set(widths))
    assert set(widths[:-1]) <= set(WIDTHS)
    assert widths[-1] <= min(width, WIDTHS[-1])
    for size in sizes:
        assert size.height == pytest.approx(size.width * height / width, abs=2)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_seen_through_stands_on_white(kind: str) -> None:
    clear = Image.new("RGBA", (400, 300), (200, 0, 0, 0))
    out = io.BytesIO()
    clear.save(out, kind)
    with Image.open(io.BytesIO(in_sizes(out.getvalue())[0].jpeg)) as opened:
        assert opened.getpixel((10, 10)) == (255, 255, 255)


def test_nothing_of_the_file_but_its_pixels_is_left() -> None:
    exif = Image.Exif()
    exif[0x010F] = "A camera that tells"
    exif.get_ifd(0x8825)[1] = "N"
    content = picture(exif=exif.tobytes(), comment=b"at home")
    assert b"A camera that tells" in content
    for size in in_sizes_apart([content]):
        assert b"A camera" not in size.jpeg
        assert b"at home" not in size.jpeg
        assert beside_the_picture(size.jpeg) == []


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("svg", Fault.NOT_A_PICTURE),
        ("jpeg cut off", Fault.DAMAGED),
        ("bomb that says four billion pixels", Fault.TOO_MANY_PIXELS),
        ("one pixel", Fault.TOO_SMALL),
    ],
)
def test_a_problem_comes_back_as_it_is(name: str, fault: Fault) -> None:
    with pytest.raises(Unusable) as refused:
        in_sizes_apart([odd_ones()[name]])
    assert refused.value.fault is fault


def test_the_largest_that_is_allowed_fits_the_limits() -> None:
    assert in_sizes_apart([png_bomb(8_000, 5_000)])[-1].width == 1280


def said(*sizes: tuple[int, int, bytes]) -> bytes:
    head = [{"width": w, "height": h, "bytes": len(jpeg)} for w, h, jpeg in sizes]
    return json.dumps({"sizes": head}).encode() + b"\n" + b"".join(jpeg for _, _, jpeg in sizes)


JPEG = b"\xff\xd8\xff" + b"\x00" * 8 + b"\xff\xd9"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"no json\n",
        b"[]\n",
        b"{}\n",
        b'{"sizes": []}\n',
        b'{"sizes": 3}\n',
        said((320, 240, b"<script>")),
        said((640, 480, JPEG), (320, 240, JPEG)),
        said((9999, 240, JPEG)),
        said((320, 240, JPEG)) + b"more",
        said((1, 1, JPEG), (2, 1, JPEG), (3, 1, JPEG), (4, 1, JPEG)),
    ],
)
def test_a_strange_answer_is_none(monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    code = f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({answer!r})"
    monkeypatch.setattr(
        sizes_apart,
        "_started",
        lambda: subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={"PYTHONPATH": str(PACKAGES)},
        ),
    )
    with pytest.raises(CleaningDied):
        in_sizes_apart([photo()])
