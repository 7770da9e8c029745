"""Made-up pictures, sound and hostile, all from seeds. Nobody and nothing real is in them."""

import io
import random
import struct
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any

import pillow_heif
from PIL import Image, ImageDraw, PngImagePlugin

pillow_heif.register_heif_opener()

SECRET = "made-up-secret-of-the-owner"
"""Stands in everything that is not the picture; nothing served may hold it."""
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
GPS, MAKE, ORIENTATION, COMMENT = 0x8825, 0x010F, 0x0112, 0x9286


@cache
def drawn(width: int = 640, height: int = 480, mode: str = "RGB", seed: int = 1) -> Image.Image:
    """A label on a noisy ground: red in its top left corner, blue in the bottom right one."""
    draw = random.Random(seed)
    small = bytes(draw.randrange(120, 200) for _ in range(40 * 30))
    image = Image.frombytes("L", (40, 30), small).resize((width, height)).convert("RGB")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width // 4, height // 4), fill=(230, 20, 20))
    pen.rectangle((width - width // 4, height - height // 4, width, height), fill=(20, 20, 230))
    pen.text((width // 3, height // 2), f"SN TW{draw.randrange(10**8):08}", fill=(0, 0, 0))
    return image if mode == "RGB" else image.convert(mode)


def encoded(image: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    """The bytes of a file."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def photo(form: str = "JPEG", seed: int = 1, size: tuple[int, int] = (640, 480)) -> bytes:
    """A sound photo."""
    return encoded(drawn(*size, seed=seed), form)


def exif(orientation: int = 1, padding: int = 0) -> bytes:
    """What a camera writes: its make, a place on earth, a comment; as long as is asked."""
    tags = Image.Exif()
    tags[MAKE], tags[ORIENTATION] = SECRET, orientation
    tags.get_ifd(GPS).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
    tags.get_ifd(0x8769)[COMMENT] = SECRET.encode() + b"x" * padding
    return tags.tobytes()


XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>{SECRET}</dc:creator></x:xmpmeta>".encode()
ICC = b"\0\0\0\x80" + SECRET.encode().ljust(124, b"\0")
"""No profile that any program understands, as long as it says."""


def loaded_with_metadata(form: str, orientation: int = 1) -> bytes:
    """A photo with all the metadata that its format can carry, and with bytes after its end."""
    image, more = drawn(), dict[str, Any]()
    if form == "JPEG":
        more = {"comment": SECRET.encode(), "xmp": XMP, "icc_profile": ICC}
    elif form == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Author", SECRET, zip=True)
        texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
        more = {"pnginfo": texts, "icc_profile": ICC}
    elif form == "WEBP":
        more = {"xmp": XMP, "icc_profile": ICC}
    else:
        more = {"xmp": XMP}
    return encoded(image, form, exif=exif(orientation), **more) + SECRET.encode()


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def png_bomb(width: int, height: int, rows: int | None = None) -> bytes:
    """A PNG of one colour: few bytes, many pixels; with `rows` it ends before its last one."""
    packer = zlib.compressobj(9)
    zeros = bytes(width + 1)
    body = b"".join(packer.compress(zeros) for _ in range(height if rows is None else rows))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    idat = _chunk(b"IDAT", body + packer.flush())
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + idat + _chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A PNG with a compressed text that unpacks to a hundred megabytes."""
    whole = photo("PNG")
    text = b"Comment\0\0" + zlib.compress(bytes(100_000_000))
    return whole[:33] + _chunk(b"zTXt", text) + whole[33:]


def animated(form: str) -> bytes:
    """Three frames, the first of which is to be kept."""
    frames = [drawn(seed=seed) for seed in (1, 2, 3)]
    return encoded(frames[0], form, save_all=True, append_images=frames[1:], duration=50)


def _of_16_bits(image: Image.Image) -> Image.Image:
    """The same shades of grey, two bytes each."""
    twice = bytes(byte for shade in image.convert("L").tobytes() for byte in (shade, shade))
    return Image.frombytes("I;16", image.size, twice)


@cache
def odd_ones() -> dict[str, bytes]:
    """One of every odd thing that may be sent, by name. Slow ones are left out."""
    jpeg, wide = photo(), drawn(640, 480)
    return {
        "svg": b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "html": b"<!doctype html><script>alert(1)</script>" * 20,
        "pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF" * 9,
        "zip": b"PK\x03\x04" + bytes(200),
        "text": b"hello " * 100,
        "one byte": b"\xff",
        "one pixel": encoded(Image.new("RGB", (1, 1))),
        "a strip": encoded(Image.new("RGB", (4000, 1))),
        "gif": encoded(wide, "GIF"),
        "tiff": encoded(wide, "TIFF"),
        "bmp": encoded(wide, "BMP"),
        "avif": encoded(wide, "AVIF"),
        "animated webp": animated("WEBP"),
        "animated png": animated("PNG"),
        "animated gif": animated("GIF"),
        "cmyk": encoded(wide.convert("CMYK")),
        "grey": encoded(wide.convert("L")),
        "black and white": encoded(wide.convert("1"), "PNG"),
        "palette": encoded(wide.convert("P"), "PNG", transparency=0),
        "alpha": encoded(wide.convert("RGBA"), "PNG"),
        "grey alpha": encoded(wide.convert("LA"), "PNG"),
        "16 bit": encoded(_of_16_bits(wide), "PNG"),
        "progressive": encoded(wide, progressive=True),
        "huge exif": encoded(wide, exif=exif(padding=60_000)),
        "damaged exif": encoded(wide, exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + b"\xff" * 40),
        "polyglot zip": jpeg + b"PK\x03\x04" + SECRET.encode() * 9,
        "polyglot html": jpeg + b"<script>" + SECRET.encode() + b"</script>",
        "only a head": jpeg[:200],
        "jpeg cut off": jpeg[: len(jpeg) // 2],
        "png cut off": photo("PNG")[:3_000],
        "webp cut off": photo("WEBP")[:1_000],
        "heic cut off": photo("HEIF")[:1_500],
        "bomb of 400 megapixels": png_bomb(20_000, 20_000, rows=40),
        "bomb of 41 megapixels": png_bomb(6_410, 6_400, rows=40),
        "bomb that says four billion pixels": png_bomb(65_000, 65_000, rows=2),
        "bomb of text": text_bomb(),
    } | {f"metadata in {form}": loaded_with_metadata(form, 6) for form in FORMATS}


def mutated(seed: int) -> bytes:
    """A photo in which chance has altered, cut out, doubled or inserted some bytes."""
    draw = random.Random(seed)
    form = draw.choice(FORMATS)
    content = bytearray(_sound(form, draw.randrange(4)))
    for _ in range(draw.choice((1, 1, 2, 5, 40))):
        place, length = draw.randrange(len(content)), draw.choice((1, 1, 4, 64, 900))
        match draw.randrange(4):
            case 0:
                content[place : place + length] = draw.randbytes(length)
            case 1:
                del content[place : place + length]
            case 2:
                content[place:place] = content[place : place + length]
            case _:
                # Near the start stand the numbers that a decoder believes.
                place = draw.randrange(min(200, len(content)))
                content[place] = draw.choice((0, 1, 0x7F, 0x80, 0xFF))
        if len(content) < 2:
            break
    return bytes(content)


@cache
def _sound(form: str, which: int) -> bytes:
    size = ((320, 240), (240, 320), (800, 600), (260, 260))[which]
    return encoded(drawn(*size, seed=which), form, exif=exif(which * 2 + 1))


def hostile(count: int) -> Iterator[tuple[str, bytes]]:
    """So many files, each with what it is: every odd one, then mutated ones."""
    odd = list(odd_ones().items())[:count]
    yield from odd
    for seed in range(count - len(odd)):
        yield f"mutated {seed}", mutated(seed)
