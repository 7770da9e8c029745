"""Finds lines of text in pixels and reads them, by RapidOCR with the models of its wheel.

Guarantees: nothing is fetched; a line is read by itself, so that what else is in the photo cannot
change it; one thread.
"""

import math
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from recalldesk.foundation.printed_letters import as_printed
from recalldesk.foundation.serial_form import normalise
from recalldesk.reading.characters import PRINTED, SeenCharacter
from recalldesk.reading.seen import Box

Numbers = npt.NDArray[np.float32]
LINE_HEIGHT, LEAST_WIDTH = 48, 320
"""Pixels, as the model was trained."""
LEAST_SIDE = 736
"""Pixels. The finder enlarges what has a shorter side, whatever the longer one becomes."""
LEAST_LIKELY = 0.0005
"""Less is left out of `others`."""
BLANK = 0
GREY = (128, 128, 128)


class Recogniser:
    """The two models, loaded once in a process."""

    def __init__(self) -> None:
        import cv2
        from rapidocr import RapidOCR

        cv2.setNumThreads(1)  # a thread would be missing in a fork that waits for it
        one_thread = {"intra_op_num_threads": 1, "inter_op_num_threads": 1}
        named = {f"EngineConfig.onnxruntime.{name}": n for name, n in one_thread.items()}
        engine: Any = RapidOCR(params={"Global.log_level": "critical", **named})
        blank = np.full((LEAST_SIDE, LEAST_SIDE, 3), 255, np.uint8)
        engine(blank, use_det=True, use_cls=False, use_rec=False)
        engine(blank, use_det=False, use_cls=False, use_rec=True)
        self._engine = engine
        self._reader: Any = engine.text_rec
        self._characters: list[str] = self._reader.postprocess_op.character
        self._groups = _groups(self._characters)

    def find(self, image: Image.Image) -> tuple[Box, ...]:
        """The boxes of the lines, in pixels of the image."""
        sides = max(image.width, LEAST_SIDE), max(image.height, LEAST_SIDE)
        ground = Image.new("RGB", sides, GREY)
        ground.paste(image)
        found = self._engine(_pixels(ground), use_det=True, use_cls=False, use_rec=False)
        if getattr(found, "boxes", None) is None:
            return ()
        return tuple(_as_box(box) for box in found.boxes)

    def read(self, line: Image.Image) -> tuple[SeenCharacter, ...]:
        """The characters of an image of one line."""
        width = max(1, math.ceil(LINE_HEIGHT * line.width / line.height))
        pixels = _pixels(line.resize((width, LINE_HEIGHT), Image.Resampling.BILINEAR))
        padded = np.zeros((1, 3, LINE_HEIGHT, max(width, LEAST_WIDTH)), np.float32)
        padded[0, :, :, :width] = (pixels.astype(np.float32).transpose(2, 0, 1) / 255 - 0.5) / 0.5
        likely: Numbers = self._reader.session(padded)[0]
        return self._characters_in(likely, columns=len(likely) * width / padded.shape[3])

    def _characters_in(self, likely: Numbers, columns: float) -> tuple[SeenCharacter, ...]:
        """Takes runs of the same character for one, as such a model means them."""
        best = likely.argmax(axis=1)
        seen: list[SeenCharacter] = []
        start, hidden = 0, 0.0
        while start < len(best):
            end = start + 1
            while end < len(best) and best[end] == best[start]:
                end += 1
            run = likely[start:end]
            if best[start] == BLANK:
                hidden = max(hidden, float(np.delete(run, BLANK, axis=1).max(initial=0.0)))
            else:
                at = min(1.0, (start + end) / 2 / columns)
                seen.append(self._character(int(best[start]), run, at, hidden))
                hidden = 0.0
            start = end
        return tuple(seen)

    def _character(self, index: int, run: Numbers, at: float, hidden: float) -> SeenCharacter:
        most = run.max(axis=0)
        grouped = np.zeros(len(PRINTED) + 1, np.float32)
        np.add.at(grouped, self._groups, most)
        others = {
            character: round(float(value), 4)
            for character, value in zip(PRINTED, grouped, strict=False)
            if value >= LEAST_LIKELY
        }
        sure = round(float(most[index]), 4)
        return SeenCharacter(self._characters[index], sure, others, round(at, 4), round(hidden, 4))


@lru_cache(maxsize=1)
def recogniser() -> Recogniser:
    """The one of this process."""
    return Recogniser()


def _groups(characters: list[str]) -> npt.NDArray[np.intp]:
    """For each character of the model, its place in PRINTED, or one past the end."""
    places = []
    for character in characters:
        printed = as_printed(normalise(character)) if len(character) == 1 else ""
        places.append(PRINTED.find(printed) if len(printed) == 1 else -1)
    return np.array([len(PRINTED) if place < 0 else place for place in places], np.intp)


def _pixels(image: Image.Image) -> npt.NDArray[np.uint8]:
    """In the order of colours that the models were trained on."""
    return np.ascontiguousarray(np.asarray(image.convert("RGB"), np.uint8)[:, :, ::-1])


def _as_box(corners: Any) -> Box:
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    return first, second, third, fourth
