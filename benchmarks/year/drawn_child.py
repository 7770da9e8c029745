"""A process that draws photos, alters their pixels, cleans them as a worker does and reads them.

Its arguments are a file of lines of JSON, one request each, and the folder for what comes of them.
"""

import hashlib
import json
import sys
from pathlib import Path

from PIL import Image, ImageFilter

from benchmarks.child import Measured
from benchmarks.year.drawn import Altered, Answer, Request, keep
from benchmarks.year.labels import FORM, MODEL
from recalldesk.cleaning.picture import cleaned, prepare
from recalldesk.demo.photos.chance import chance
from recalldesk.demo.photos.conditions import Condition, as_jpeg
from recalldesk.demo.photos.labels import photograph_label
from recalldesk.demo.photos.markings import draw_marking
from recalldesk.demo.photos.scene import Drawn
from recalldesk.reading.apart import Reader
from recalldesk.reading.asked import ExpectedMarking
from recalldesk.reading.kept import label_as_json, marking_as_json

WORD = "RECALLED"
LEAST_CUT, MOST_CUT = 0.05, 0.16
"""Shares of width and height that cropping takes from each side."""
TURNS = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)
AROUND = 6
"""Pixels around a line that are pasted with it."""


def _photo(request: Request) -> Image.Image:
    if request.kind == "marking":
        condition = Condition(request.condition)
        return draw_marking(
            WORD, request.text, seed=request.seed, condition=condition, held_out=True
        )
    taken = _label(request, request.text)
    if not request.edited_to:
        return taken.image
    other = _label(request, request.edited_to)
    photo, box = taken.image.copy(), _around(taken, other)
    photo.paste(other.image.crop(box), box[:2])
    return photo


def _label(request: Request, serial: str) -> Drawn:
    return photograph_label(
        serial,
        MODEL,
        request.seed,
        Condition(request.condition),
        has_bar_code=False,
        held_out=True,
    )


def _around(*taken: Drawn) -> tuple[int, int, int, int]:
    """The rectangle that holds the serial's line in each."""
    points = [point for each in taken for point in each.text]
    across, down = [x for x, _ in points], [y for _, y in points]
    return (
        max(0, int(min(across)) - AROUND),
        max(0, int(min(down)) - AROUND),
        int(max(across)) + AROUND,
        int(max(down)) + AROUND,
    )


def _altered(photo: Image.Image, request: Request) -> bytes:
    """What is sent: a file, made from the photo as phones and programs do."""
    how = request.altered
    draw = chance("altered", request.seed, request.text, request.edited_to, how)
    if request.blurred:
        photo = photo.filter(ImageFilter.GaussianBlur(request.blurred))
    if how in (Altered.CROPPED, Altered.CROPPED_AND_TURNED):
        width, height = photo.size
        left, top, right, bottom = (draw.uniform(LEAST_CUT, MOST_CUT) for _ in range(4))
        box = (left * width, top * height, (1 - right) * width, (1 - bottom) * height)
        photo = photo.crop(tuple(map(round, box)))  # type: ignore[arg-type]  # four of them
    if how in (Altered.TURNED, Altered.CROPPED_AND_TURNED):
        photo = photo.transpose(TURNS[int(draw.random() * 3)])
    if how is Altered.SMALLER:
        photo = photo.resize((photo.width * 3 // 5, photo.height * 3 // 5))
    return as_jpeg(photo, 90 if how is Altered.NOT else round(draw.uniform(55, 85)))


def _read(reader: Reader, picture: bytes, request: Request) -> str:
    if not request.is_read:
        return ""
    if request.kind == "label":
        return label_as_json(reader.read_label(picture, FORM))
    expected = ExpectedMarking(WORD, request.expected or request.text)
    return marking_as_json(reader.verify_marking(picture, expected))


def main(asked: Path, kept: Path) -> None:
    """Does all of them; each is kept as soon as it is done."""
    measured, reader = Measured(), Reader()
    prepare()
    for line in asked.read_text().splitlines():
        told = json.loads(line)
        request = Request(**told | {"altered": Altered(told["altered"])})
        content = _altered(_photo(request), request)
        picture = cleaned(content)
        answer = Answer(
            content=hashlib.sha256(content).digest(),
            picture=bytes.fromhex(picture.sha256),
            likeness=picture.likeness,
            reading=_read(reader, picture.jpeg, request),
        )
        keep(kept, request, answer)
    reader.close()
    measured.tell()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
