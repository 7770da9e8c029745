"""A process that draws made-up photos and has them read apart, as a worker does.

Its argument is a file of lines of JSON, one photo each; it tells the readings in their order.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from benchmarks.child import MEBIBYTE, Measured
from recalldesk.demo.photos.conditions import Condition
from recalldesk.demo.photos.labels import draw_label
from recalldesk.demo.photos.markings import draw_marking
from recalldesk.reading.apart import Reader
from recalldesk.reading.asked import ExpectedMarking
from recalldesk.reading.kept import label_as_json, marking_as_json
from recalldesk.reading.questions import label_form_read, marking_read

QUALITY = 88
"""Of the copy that is kept, and so of what is read (cleaning/picture.py)."""


def _jpeg(picture: Image.Image) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=QUALITY)
    return kept.getvalue()


def _label(reader: Reader, asked: dict[str, Any]) -> str:
    photo = draw_label(
        asked["serial"],
        asked["model"],
        asked["seed"],
        Condition(asked["condition"]),
        has_bar_code=asked["has_bar_code"],
        held_out=True,
    )
    return label_as_json(reader.read_label(_jpeg(photo), label_form_read(asked["form"])))


def _marking(reader: Reader, asked: dict[str, Any]) -> str:
    written: ExpectedMarking = marking_read(asked["written"])
    photo = draw_marking(
        written.word,
        written.code,
        written.name,
        written.date,
        seed=asked["seed"],
        condition=Condition(asked["condition"]),
        held_out=True,
    )
    return marking_as_json(reader.verify_marking(_jpeg(photo), marking_read(asked["expected"])))


def _readings(reader: Reader, photos: Path) -> Iterator[str]:
    for line in photos.read_text().splitlines():
        asked = json.loads(line)
        yield (_label if asked["kind"] == "label" else _marking)(reader, asked)


def main(photos: Path) -> None:
    """Reads all, and tells what it took."""
    measured, reader = Measured(), Reader()
    readings = list(_readings(reader, photos))
    reader.close()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 1 if sys.platform == "darwin" else 1024
    measured.tell(
        readings=readings,
        cpu_seconds=used.ru_utime + used.ru_stime,
        reading_mebibytes=used.ru_maxrss * unit / MEBIBYTE,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
