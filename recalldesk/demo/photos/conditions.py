"""What goes wrong between a unit on a desk and its photo, each alone and all at once."""

import io
import random
from enum import StrEnum

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from recalldesk.demo.photos.chance import bell

FrameTurn = Image.Transpose


class Condition(StrEnum):
    """How a photo was taken. TURNED is by so many degrees clockwise."""

    CLEAN = "clean"
    TURNED_90 = "turned_90"
    TURNED_180 = "turned_180"
    TURNED_270 = "turned_270"
    TILT = "tilt"
    PERSPECTIVE = "perspective"
    BLUR = "blur"
    NOISE = "noise"
    JPEG_30 = "jpeg_30"
    GLARE = "glare"
    LOW_LIGHT = "low_light"
    LOW_CONTRAST = "low_contrast"
    SMALL = "small"
    ALL_AT_ONCE = "all_at_once"


TURNS = (Condition.CLEAN, Condition.TURNED_90, Condition.TURNED_180, Condition.TURNED_270)
_TRANSPOSED = {90: FrameTurn.ROTATE_270, 180: FrameTurn.ROTATE_180, 270: FrameTurn.ROTATE_90}


def turn_of(condition: Condition, draw: random.Random) -> int:
    """By how many degrees the photo is turned, clockwise."""
    if condition is Condition.ALL_AT_ONCE:
        return 90 * int(draw.random() * 4)
    return {Condition.TURNED_90: 90, Condition.TURNED_180: 180, Condition.TURNED_270: 270}.get(
        condition, 0
    )


def turned(picture: Image.Image, degrees: int) -> Image.Image:
    """The picture turned by quarters, clockwise."""
    return picture.transpose(_TRANSPOSED[degrees]) if degrees else picture


def lived_through(
    picture: Image.Image, condition: Condition, draw: random.Random, centre: tuple[float, float]
) -> Image.Image:
    """The picture after light, lens and sensor. `centre`: where its text is, in pixels."""
    every = condition is Condition.ALL_AT_ONCE
    picture = _lens(picture, condition, draw, every=every)
    if condition is Condition.GLARE or every:
        picture = _with_glare(picture, draw, centre, 0.6 if every else 1.0)
    if condition is Condition.LOW_CONTRAST or every:
        picture = _paler(picture, draw.uniform(0.75, 0.88) if every else draw.uniform(0.34, 0.46))
    if condition is Condition.LOW_LIGHT or every:
        light = draw.uniform(0.6, 0.75) if every else draw.uniform(0.24, 0.36)
        picture = ImageEnhance.Brightness(picture).enhance(light)
    picture = _with_noise(picture, draw, _noise_of(condition, draw))
    if condition is Condition.JPEG_30:
        return _saved_and_opened(picture, 30)
    return _saved_and_opened(picture, 55) if every else picture


def _lens(
    picture: Image.Image, condition: Condition, draw: random.Random, *, every: bool
) -> Image.Image:
    radius = draw.uniform(0.4, 0.7)
    if condition is Condition.BLUR:
        radius = draw.uniform(2.0, 3.0)
    elif every:
        radius = draw.uniform(0.9, 1.3)
    return picture.filter(ImageFilter.GaussianBlur(radius))


def _noise_of(condition: Condition, draw: random.Random) -> float:
    """The deviation of the sensor's noise, in steps of 255."""
    if condition is Condition.NOISE:
        return draw.uniform(16, 24)
    if condition is Condition.LOW_LIGHT:
        return draw.uniform(4, 7)
    if condition is Condition.ALL_AT_ONCE:
        return draw.uniform(5, 8)
    return draw.uniform(1.0, 2.5)


def _with_noise(picture: Image.Image, draw: random.Random, deviation: float) -> Image.Image:
    levels = np.array(picture, dtype=np.float32)
    grain = bell(draw, picture.height, picture.width)[:, :, None]
    # Colour noise is coarser than grey noise: a sensor has each colour only at some of its points.
    colour = bell(draw, picture.height // 2, picture.width // 2 * 3)
    colour = colour.reshape(picture.height // 2, picture.width // 2, 3).repeat(2, 0).repeat(2, 1)
    levels += grain * np.float32(0.8 * deviation)
    levels += colour * np.float32(0.6 * deviation)
    return Image.fromarray(np.rint(levels).clip(0, 255).astype(np.uint8))


def _with_glare(
    picture: Image.Image, draw: random.Random, centre: tuple[float, float], strength: float
) -> Image.Image:
    """A lamp's reflection near the text, that washes out but leaves something to read."""
    width, height = picture.size
    x = (centre[0] + draw.uniform(-0.22, 0.22) * width) / width
    y = (centre[1] + draw.uniform(-0.2, 0.2) * height) / height
    across = np.linspace(0, 1, 64, dtype=np.float32)[None, :] - np.float32(x)
    down = np.linspace(0, 1, 48, dtype=np.float32)[:, None] - np.float32(y)
    reach = np.float32(draw.uniform(0.1, 0.16))
    far = (across * across + down * down * np.float32(0.6)) / (reach * reach)
    spot = np.float32(strength * 0.82 * 255) / (1 + far * far)
    mask = Image.fromarray(spot.astype(np.uint8)).resize(picture.size, Image.Resampling.BICUBIC)
    picture = picture.copy()
    picture.paste((255, 253, 246), (0, 0), mask)
    return picture


def _paler(picture: Image.Image, contrast: float) -> Image.Image:
    return Image.blend(Image.new("RGB", picture.size, (128, 128, 126)), picture, contrast)


def _saved_and_opened(picture: Image.Image, quality: int) -> Image.Image:
    kept = io.BytesIO(as_jpeg(picture, quality))
    with Image.open(kept) as opened:
        return opened.convert("RGB")


def as_jpeg(picture: Image.Image, quality: int = 90) -> bytes:
    """The picture as a phone keeps it, with no metadata."""
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=quality)
    return kept.getvalue()
