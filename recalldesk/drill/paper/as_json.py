"""The report as JSON: the same points in the same order, with the figures behind them."""

import json
from typing import Any

from recalldesk.drill.readiness.points import Point
from recalldesk.drill.readiness.report import Readiness


def as_json(found: Readiness) -> bytes:
    """Indented, and the same for the same report."""
    return (json.dumps(told(found), indent=2, ensure_ascii=False) + "\n").encode()


def told(found: Readiness) -> dict[str, Any]:
    """The values."""
    return {
        "ready": found.is_ready,
        "headline": found.headline,
        "launch_on": found.launch_on.isoformat() if found.launch_on else None,
        "first": [
            {"point": each.name, "todo": each.todo, "who": found.who(each), "by": found.by(each)}
            for each in found.first
        ],
        "recall": found.recall,
        "version": found.version,
        "firm": found.firm,
        "product": found.product,
        "at": found.at.isoformat(),
        "points": [_point(found, each) for each in found.in_order],
        "assumptions": list(found.launch.assumptions),
        "drill": found.wanted.stored(),
        "outcome": found.outcome.stored(),
    }


def _point(found: Readiness, each: Point) -> dict[str, Any]:
    return {
        "name": each.name,
        "light": each.light.value,
        "words": each.light.words,
        "seen": [{"light": line.light.value, "words": line.words} for line in each.seen],
        "todo": each.todo,
        "who": found.who(each),
        "by": found.by(each),
    }
