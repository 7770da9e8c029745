"""A process that makes up photos as files, so that drawing them counts for nobody else."""

import random
import sys
from pathlib import Path

from PIL import Image

from recalldesk.cleaning.limits import MOST_BYTES
from tests.evidence.pictures import FORMATS, encoded, hostile

LARGEST = {
    "progressive": ("JPEG", "RGB", {"progressive": True, "subsampling": 0}),
    "cmyk": ("JPEG", "CMYK", {"progressive": True, "subsampling": 0}),
    "png": ("PNG", "RGBA", {"compress_level": 1}),
    "grey-alpha": ("PNG", "LA", {"compress_level": 1}),
    "webp": ("WEBP", "RGBA", {"method": 0}),
    "heic": ("HEIF", "RGBA", {"quality": 30}),
}
"""What takes decoders the most memory: for each its format, its mode, and how it is written."""


def noise(width: int, height: int, grain: int) -> Image.Image:
    """A picture of soft spots; at a grain of 8 there is about as much to decode as in a photo."""
    draw = random.Random(12)
    small = (width // grain, height // grain)
    shades = bytes(100 + shade // 3 for shade in draw.randbytes(small[0] * small[1]))
    return Image.frombytes("L", small, shades).resize((width, height))


def main(folder: Path, uploads: int, side: int) -> None:
    """Writes `hostile/`, `largest/` (3:4, of so many pixels a side) and `twelve/`."""
    for name in ("hostile", "largest", "twelve"):
        (folder / name).mkdir(parents=True)
    for number, (_, content) in enumerate(hostile(uploads)):
        (folder / "hostile" / f"{number:05}").write_bytes(content)
    large = noise(side, side * 3 // 4, grain=32)
    for name, (form, mode, options) in LARGEST.items():
        content = encoded(large.convert(mode), form, **options)
        if len(content) > MOST_BYTES:
            raise SystemExit(f"{name} has {len(content):,} bytes, and would not be decoded")
        (folder / "largest" / name).write_bytes(content)
    twelve = noise(4_000, 3_000, grain=8).convert("RGB")
    for form in FORMATS:
        (folder / "twelve" / form).write_bytes(encoded(twelve, form))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    print("{}")
