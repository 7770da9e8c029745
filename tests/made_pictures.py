"""Made-up pictures of products, small and quick, for tests that need some."""

import io
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw

from recalldesk.cleaning.answers import Picture
from recalldesk.cleaning.picture import prepare
from recalldesk.cleaning.sizes import in_sizes
from recalldesk.pictures.actions import PictureFile, keep_picture
from recalldesk.pictures.reads import missing_pictures
from recalldesk.recalls.models import RecallVersion

NOT_TAKEN_FROM_A_FILE = "0" * 64


def picture(
    kind: str = "JPEG",
    *,
    size: tuple[int, int] = (700, 500),
    colour: str = "#8a2b2b",
    **saved: object,
) -> bytes:
    """A made-up product on a desk, in one of the formats."""
    image = Image.new("RGB", size, "#d8cbb4")
    pen = ImageDraw.Draw(image)
    width, height = size
    pen.rounded_rectangle((width // 4, height // 5, 3 * width // 4, 4 * height // 5), 30, colour)
    out = io.BytesIO()
    image.save(out, kind, **saved)  # type: ignore[arg-type]  # as its caller knows the format
    return out.getvalue()


def file_of(name: str, content: bytes) -> PictureFile:
    """As a command or a page brings it."""
    return PictureFile(name, lambda: content)


@lru_cache
def sizes_of(colour: str = "#8a2b2b") -> tuple[Picture, ...]:
    """What the cleaning makes of it."""
    prepare()
    return in_sizes(picture(colour=colour))


def fill_in(version: RecallVersion) -> None:
    """Every picture that a draft names and that it lacks, as if its author had brought it."""
    for file in missing_pictures(version):
        keep_picture(
            draft=version,
            file=file,
            sizes=sizes_of(),
            source_digest=NOT_TAKEN_FROM_A_FILE,
            by=version.author,
        )


def lay_beside(file: Path, *names: str) -> None:
    """Pictures of these names, or that of the kettle, in the folder of a recall file."""
    for name in names or ("k20-front.jpg",):
        (file.parent / name).write_bytes(picture())
