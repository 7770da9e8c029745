"""Photos that are drawn and read for a measurement, and what reading them took."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.child import run_child
from benchmarks.report import Section
from recalldesk.reading.asked import ExpectedMarking, LabelForm, ProductForm
from recalldesk.reading.kept import label_from_json, marking_from_json
from recalldesk.reading.questions import label_form_written, marking_written
from recalldesk.reading.seen import LabelReading, MarkingReading
from tests.scopes import A1263

MODEL = "A1263"
FORM = LabelForm((ProductForm((MODEL, "PowerCore 10000"), A1263, "SN"),))
FLATTER = (
    "Drawn photos flatter: real ones are worse in ways that nobody drew. The lettering is held out "
    "from tuning, but for the one dot matrix; seeds for tuning and measuring are apart."
)
HOUR = 3600
MOST_MEMORY = 1000
"""MiB."""


@dataclass(frozen=True)
class LabelPhoto:
    """A label to be drawn."""

    serial: str
    seed: int
    condition: str
    has_bar_code: bool


@dataclass(frozen=True)
class MarkedPhoto:
    """A marked unit to be drawn, and what is expected of it."""

    written: ExpectedMarking
    expected: ExpectedMarking
    seed: int
    condition: str


@dataclass(frozen=True)
class Cost:
    """What reading took: processor seconds for each photo, and the largest process."""

    photos: int
    cpu_seconds: float
    mebibytes: float

    def add_to(self, section: Section) -> None:
        """Tells it."""
        each = self.cpu_seconds / self.photos
        section.add("processor time of reading a photo, mean", f"{each:.2f} s")
        section.add("photos read an hour and core", f"{HOUR / each:,.0f}")
        section.judge(
            "peak memory of the process that reads",
            f"{self.mebibytes:.0f} MiB",
            f"under {MOST_MEMORY} MiB",
            reached=self.mebibytes < MOST_MEMORY,
        )


def read_labels(folder: Path, photos: Sequence[LabelPhoto]) -> tuple[list[LabelReading], Cost]:
    """The readings in the order of the photos."""
    form = label_form_written(FORM)
    asked = [{"kind": "label", "model": MODEL, "form": form, **vars(photo)} for photo in photos]
    readings, cost = _read(folder / "labels.jsonl", asked)
    return list(map(label_from_json, readings)), cost


def read_markings(folder: Path, photos: Sequence[MarkedPhoto]) -> tuple[list[MarkingReading], Cost]:
    """The readings in the order of the photos."""
    asked = [
        {
            "kind": "marking",
            "written": marking_written(photo.written),
            "expected": marking_written(photo.expected),
            "seed": photo.seed,
            "condition": photo.condition,
        }
        for photo in photos
    ]
    readings, cost = _read(folder / "markings.jsonl", asked)
    return list(map(marking_from_json, readings)), cost


def _read(file: Path, asked: Sequence[dict[str, Any]]) -> tuple[list[str], Cost]:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(each) + "\n" for each in asked))
    done = run_child("benchmarks.reading_child", str(file))
    return done["readings"], Cost(len(asked), done["cpu_seconds"], done["reading_mebibytes"])
