"""What was seen, as text that can be kept, and back.

Guarantee: what comes back equals what was kept.
"""

import json
from dataclasses import asdict
from typing import Any

from recalldesk.reading.seen import (
    BarCode,
    LabelReading,
    Line,
    Mark,
    MarkingReading,
    SerialCandidate,
    Source,
)


def label_as_json(reading: LabelReading) -> str:
    """A label."""
    return json.dumps(asdict(reading), ensure_ascii=False)


def label_from_json(text: str) -> LabelReading:
    """The label that was kept."""
    kept = json.loads(text)
    return LabelReading(
        model=kept["model"],
        candidates=tuple(_candidate(each) for each in kept["candidates"]),
        bar_codes=tuple(BarCode(**each | {"box": _box(each)}) for each in kept["bar_codes"]),
        lines=tuple(_line(each) for each in kept["lines"]),
    )


def marking_as_json(reading: MarkingReading) -> str:
    """A marking."""
    return json.dumps(asdict(reading), ensure_ascii=False)


def marking_from_json(text: str) -> MarkingReading:
    """The marking that was kept."""
    kept = json.loads(text)
    marks = {
        name: Mark(**kept[name]) if kept[name] else None
        for name in ("word", "code", "name", "date")
    }
    return MarkingReading(**marks, lines=tuple(_line(each) for each in kept["lines"]))


def _candidate(kept: dict[str, Any]) -> SerialCandidate:
    return SerialCandidate(
        **kept
        | {
            "of_characters": tuple(kept["of_characters"]),
            "doubtful": tuple(kept["doubtful"]),
            "source": Source(kept["source"]),
            "box": _box(kept),
        }
    )


def _line(kept: dict[str, Any]) -> Line:
    return Line(**kept | {"of_characters": tuple(kept["of_characters"]), "box": _box(kept)})


def _box(kept: dict[str, Any]) -> Any:
    return tuple(tuple(point) for point in kept["box"])
