"""One photo's answer, in the process that reads: decoded, read, told as plain values.

Guarantees: no more memory or processor time than is set here; no file is opened or written.
"""

import io
from typing import Any

from PIL import Image

from recalldesk.foundation.apart import bound_process
from recalldesk.reading.kept import label_as_json, marking_as_json
from recalldesk.reading.label import read_label
from recalldesk.reading.marking import verify_marking
from recalldesk.reading.questions import label_form_read, marking_read
from recalldesk.reading.recogniser import recogniser

ADDRESS_SPACE = 1536 * 1024 * 1024
"""Bytes. A photo of 2048 pixels needs about half of it (docs/reading.md)."""
CPU_SECONDS = 60
OPEN_FILES = 3
"""Standard input, output and error."""
LONGEST_SIDE = 4096


def prepare() -> None:
    """Loads what every photo needs."""
    recogniser()
    Image.init()


def bound() -> None:
    """Bounds this process for one photo."""
    bound_process(address_space=ADDRESS_SPACE, cpu_seconds=CPU_SECONDS, open_files=OPEN_FILES)


def answer_to(asked: dict[str, Any], jpeg: bytes) -> dict[str, Any]:
    """What is said of a photo: the reading, or that it cannot be read."""
    try:
        image = _decoded(jpeg)
    except Exception:  # decoders raise whatever they like on a damaged file
        return {"unreadable": "it cannot be decoded"}
    try:
        if asked["kind"] == "label":
            return {"read": label_as_json(read_label(image, label_form_read(asked["form"])))}
        expected = marking_read(asked["expected"])
        return {"read": marking_as_json(verify_marking(image, expected))}
    except MemoryError:
        return {"unreadable": "it needs too much memory"}


def _decoded(jpeg: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(jpeg), formats=("JPEG",))
    if max(image.size) > LONGEST_SIDE:
        raise ValueError("too large")
    return image.convert("RGB")
