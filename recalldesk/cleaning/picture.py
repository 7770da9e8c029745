"""Bytes -> a plain JPEG: upright, RGB on white, at most 2048 pixels a side, and nothing else.

Guarantees: what a file is, decoding decides, and never more than four formats are tried; pixels are
counted before they are decoded; the copy is drawn anew, so that nothing of the file but its visible
pixels is in it.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pillow_heif
from PIL import Image, UnidentifiedImageError

from recalldesk.cleaning.answers import Fault, Picture, Unusable
from recalldesk.cleaning.limits import LEAST_SIDE, LONGEST_SIDE, MOST_PIXELS
from recalldesk.reading.likeness import likeness_of

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
QUALITY = 88
WHITE = (255, 255, 255)
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each orientation that EXIF can state."""


def prepare() -> None:
    """Sets the decoders' limits, once in a process."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)
    Image.init()


def cleaned(content: bytes) -> Picture:
    """The plain picture of some bytes. Raises Unusable, or MemoryError at a limit."""
    drawn = drawn_anew(content)
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=QUALITY)
    return Picture(out.getvalue(), *drawn.size, likeness_of(drawn))


def drawn_anew(content: bytes) -> Image.Image:
    """What some bytes show, RGB and upright. Raises Unusable, or MemoryError at a limit."""
    try:
        with _bombs_as_errors(), _opened(content) as image:
            _refuse_by_size(image)
            return _drawn_anew(image)
    except (Unusable, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unusable(Fault.TOO_MANY_PIXELS) from error
    except Exception as error:  # decoders raise whatever they like on a damaged file
        raise Unusable(Fault.DAMAGED) from error


@contextmanager
def _bombs_as_errors() -> Iterator[None]:
    """Pillow only warns of many pixels; its other warnings are of no use to anybody here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _opened(content: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(content), formats=FORMATS)
    except UnidentifiedImageError as error:
        fault = Fault.DAMAGED if _begins_as_a_photo(content) else Fault.NOT_A_PICTURE
        raise Unusable(fault) from error


def _begins_as_a_photo(content: bytes) -> bool:
    """Whether the owner may well have sent a photo, of which too little arrived."""
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return True
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return True
    return content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"msf1")


def _refuse_by_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise Unusable(Fault.TOO_MANY_PIXELS)
    if min(width, height) < LEAST_SIDE:
        raise Unusable(Fault.TOO_SMALL)


def _drawn_anew(image: Image.Image) -> Image.Image:
    """The first frame on a white ground of its own. Small as early as can be: memory counts."""
    box = (LONGEST_SIDE, LONGEST_SIDE)
    image.draft(None, box)
    image.load()
    plain = _plain(image)
    plain.thumbnail(box, reducing_gap=3.0)
    plain = _upright(image, plain)
    ground = Image.new("RGB", plain.size, WHITE)
    ground.paste(plain, mask=plain.getchannel("A") if "A" in plain.getbands() else None)
    return ground


def _plain(image: Image.Image) -> Image.Image:
    """In a mode that can be shrunk and pasted: L, RGB or RGBA."""
    mode = image.mode
    if mode in ("L", "RGB", "RGBA"):
        return image
    if mode.startswith("I"):  # 16 bits in a channel, whatever it is called
        return image.point(lambda value: value / 256).convert("L")
    if mode in ("LA", "PA", "La", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("RGB")


def _upright(image: Image.Image, plain: Image.Image) -> Image.Image:
    """Turned as the camera was held; where the EXIF is damaged, as it is."""
    turn = None
    with suppress(Exception):
        turn = TURNS.get(int(image.getexif().get(ORIENTATION, 1)))
    return plain if turn is None else plain.transpose(turn)
