"""Any bytes become a plain picture, or a stated problem: nothing else."""

import io

import pytest
from PIL import Image

from recalldesk.cleaning.answers import Fault, Picture, Unusable
from recalldesk.cleaning.limits import LONGEST_SIDE
from recalldesk.cleaning.picture import cleaned, prepare
from tests.evidence.pictures import (
    FORMATS,
    SECRET,
    drawn,
    encoded,
    exif,
    loaded_with_metadata,
    mutated,
    odd_ones,
    photo,
)
from tests.evidence.plain_jpeg import beside_the_picture

RED, BLUE = (230, 20, 20), (20, 20, 230)
ODD = odd_ones()
FAULTS = {
    Fault.NOT_A_PICTURE: {
        "svg", "html", "pdf", "zip", "text", "one byte", "gif", "tiff", "bmp", "avif",
        "animated gif",
    },
    Fault.TOO_SMALL: {"one pixel", "a strip"},
    Fault.DAMAGED: {
        "only a head", "jpeg cut off", "png cut off", "webp cut off", "heic cut off",
        "bomb of text",
    },
    Fault.TOO_MANY_PIXELS: {
        "bomb of 400 megapixels", "bomb of 41 megapixels", "bomb that says four billion pixels",
    },
}  # fmt: skip
EXPECTED = {name: fault for fault, names in FAULTS.items() for name in names}
SOUND = sorted(set(ODD) - set(EXPECTED))


@pytest.fixture(autouse=True)
def _decoders() -> None:
    prepare()


def near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 40 for one, other in zip(pixel, colour, strict=True))


def shown(picture: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.jpeg))
    assert (image.format, image.mode, image.size) == (
        "JPEG",
        "RGB",
        (picture.width, picture.height),
    )
    return image


def has_its_corners(image: Image.Image) -> bool:
    """Red in the top left one, blue in the bottom right one: upright, unmirrored, first frame."""
    return near(image.getpixel((8, 8)), RED) and near(
        image.getpixel((image.width - 8, image.height - 8)), BLUE
    )


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_is_taken(form: str) -> None:
    image = shown(cleaned(photo(form)))
    assert image.size == (640, 480)
    assert has_its_corners(image)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_is_turned_as_the_camera_was_held(form: str, orientation: int) -> None:
    """The file's pixels lie as its orientation says; what is kept stands upright."""
    undone = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    turn = undone.get(orientation)
    lying = drawn() if turn is None else drawn().transpose(turn)
    tags = exif(orientation)
    image = shown(cleaned(encoded(lying, form, exif=tags)))
    assert image.size == (640, 480)
    assert has_its_corners(image)


@pytest.mark.parametrize("name", SOUND)
def test_odd_photos_are_shown_as_they_look(name: str) -> None:
    picture = cleaned(ODD[name])
    assert beside_the_picture(picture.jpeg) == []
    if not name.startswith(("metadata", "grey", "black", "16 bit")):
        assert has_its_corners(shown(picture)), name


@pytest.mark.parametrize("name", ["grey", "16 bit", "grey alpha"])
def test_a_grey_one_keeps_its_shades(name: str) -> None:
    """The blue corner is far darker than the noise beside it."""
    image = shown(cleaned(ODD[name])).convert("L")
    ground = image.getpixel((320, 8))
    corner = image.getpixel((630, 470))
    assert isinstance(ground, int)
    assert isinstance(corner, int)
    assert corner < 60
    assert ground > 100


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_what_is_no_usable_photo_has_a_stated_problem(name: str) -> None:
    with pytest.raises(Unusable) as refused:
        cleaned(ODD[name])
    assert refused.value.fault is EXPECTED[name]


@pytest.mark.parametrize("form", FORMATS)
def test_no_metadata_and_no_bytes_after_the_end_are_kept(form: str) -> None:
    sent = loaded_with_metadata(form)
    assert SECRET.encode() in sent
    kept = cleaned(sent).jpeg
    assert SECRET.encode() not in kept
    assert beside_the_picture(kept) == []
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_metadata_would_be_found_if_it_were_kept() -> None:
    plain = cleaned(photo()).jpeg
    assert beside_the_picture(plain) == []
    assert beside_the_picture(plain + b"x") == ["1 bytes after the end"]
    assert beside_the_picture(loaded_with_metadata("JPEG"))[0] == "segment E1"
    assert beside_the_picture(encoded(drawn(), comment=b"x")) == ["segment FE"]


def test_what_is_clear_stands_on_white() -> None:
    clear = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    assert near(shown(cleaned(encoded(clear, "PNG"))).getpixel((150, 150)), (255, 255, 255))


@pytest.mark.parametrize(
    ("size", "kept"), [((4000, 3000), (2048, 1536)), ((2049, 300), (2048, 300)), ((300, 200),) * 2]
)
def test_it_is_shrunk_and_never_enlarged(size: tuple[int, int], kept: tuple[int, int]) -> None:
    picture = cleaned(photo(size=size))
    assert (picture.width, picture.height) == kept
    assert max(kept) <= LONGEST_SIDE


def test_the_same_bytes_give_the_same_picture() -> None:
    assert cleaned(photo()) == cleaned(photo())
    assert cleaned(photo()).sha256 != cleaned(photo(seed=2)).sha256


@pytest.mark.parametrize("seed", range(150))
def test_a_mutated_photo_gives_a_plain_picture_or_a_problem(seed: int) -> None:
    try:
        picture = cleaned(mutated(seed))
    except Unusable:
        return
    assert beside_the_picture(picture.jpeg) == []
