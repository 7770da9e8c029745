"""Readings as JSON text and back, for whoever keeps them.

Guarantee: what is read back equals what was written.
"""

import json
from dataclasses import asdict
from typing import Any

from recalldesk.reading.seen import (
    BarCode,
    Box,
    LabelReading,
    Line,
    Mark,
    MarkingReading,
    SerialCandidate,
    Source,
)

FORMAT = 1


def label_as_json(reading: LabelReading) -> str:
    """The text that is kept."""
    return _written(reading)


def label_from_json(text: str) -> LabelReading:
    """Raises ValueError where the text is no such reading."""
    try:
        kept = _read(text)
        return LabelReading(
            kept["model"],
            tuple(map(_candidate, kept["candidates"])),
            tuple(map(_bar_code, kept["bar_codes"])),
            tuple(map(_line, kept["lines"])),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("the text is no reading of a label") from error


def marking_as_json(reading: MarkingReading) -> str:
    """The text that is kept."""
    return _written(reading)


def marking_from_json(text: str) -> MarkingReading:
    """Raises ValueError where the text is no such reading."""
    try:
        kept = _read(text)
        return MarkingReading(
            word=_mark(kept["word"]),
            code=_mark(kept["code"]),
            name=_mark(kept["name"]),
            date=_mark(kept["date"]),
            lines=tuple(map(_line, kept["lines"])),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("the text is no reading of a marking") from error


def _written(reading: LabelReading | MarkingReading) -> str:
    return json.dumps(
        {"format": FORMAT, **asdict(reading)}, ensure_ascii=False, separators=(",", ":")
    )


def _read(text: str) -> dict[str, Any]:
    kept = json.loads(text)
    if not isinstance(kept, dict) or kept.get("format") != FORMAT:
        raise ValueError("the text is no reading of a format that is known")
    return kept


def _box(corners: list[list[float]]) -> Box:
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    return first, second, third, fourth


def _line(kept: dict[str, Any]) -> Line:
    of_characters = tuple(map(float, kept["of_characters"]))
    box = _box(kept["box"])
    return Line(str(kept["text"]), float(kept["confidence"]), of_characters, box, int(kept["turn"]))


def _bar_code(kept: dict[str, Any]) -> BarCode:
    return BarCode(str(kept["text"]), str(kept["symbology"]), _box(kept["box"]))


def _candidate(kept: dict[str, Any]) -> SerialCandidate:
    return SerialCandidate(
        str(kept["text"]),
        float(kept["confidence"]),
        tuple(map(float, kept["of_characters"])),
        tuple(map(int, kept["doubtful"])),
        Source(kept["source"]),
        _box(kept["box"]),
    )


def _mark(kept: dict[str, Any] | None) -> Mark | None:
    return None if kept is None else Mark(float(kept["score"]), bool(kept["is_verified"]))
