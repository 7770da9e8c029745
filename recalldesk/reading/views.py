"""Other views of a line's pixels: a reading that holds only in one of them is in doubt."""

from collections.abc import Iterator

from PIL import Image, ImageFilter, ImageOps


def views_of(line: Image.Image) -> Iterator[Image.Image]:
    """The line with more contrast, softer, and stretched."""
    grey = ImageOps.autocontrast(line.convert("L"), cutoff=1)
    yield grey.convert("RGB")
    small = line.resize((max(1, line.width * 32 // line.height), 32), Image.Resampling.LANCZOS)
    yield small.filter(ImageFilter.GaussianBlur(0.6))
    yield line.resize((max(1, round(line.width * 1.15)), line.height), Image.Resampling.BICUBIC)
