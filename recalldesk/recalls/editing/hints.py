"""What stands at a field: what it means, an example, and what holds where it is empty."""

import datetime
from typing import Any

from recalldesk.recalls.editing.labels import HELP
from recalldesk.recalls.editing.shape import Control, Field
from recalldesk.recalls.field_examples import LONGEST_SHOWN, example_of
from recalldesk.recalls.field_meanings import MEANINGS

WITHOUT_EXAMPLE = frozenset(
    {
        Control.FIXED,
        Control.YES_NO,
        Control.CHOICE,
        Control.TICKS,
        Control.RANKED,
        Control.DAY,
    }
)
FROM_OTHER = "Left empty: made from the name or model."
KEYS = frozenset(
    {
        "products.key",
        "products.variants.key",
        "brands.key",
        "remedies.key",
        "review.decline_reasons.key",
    }
)


def help_of(path: str) -> str:
    """What a field or group means, in plain words."""
    words = HELP.get(path) or MEANINGS.get(path, "")
    return words.replace("`", "")


def hint_of(field: Field) -> str:
    """An example of a field, or what holds where it is left empty; empty where neither helps."""
    if field.path in KEYS:
        return FROM_OTHER
    usual = field.usual
    if field.control in (Control.NUMBER, Control.LINE) and isinstance(usual, int | str) and usual:
        return f"Usually {usual}."
    if field.control in WITHOUT_EXAMPLE or field.path in HELP:
        return ""
    example = _in_words(_example(field))
    return f"For example: {example}" if example and len(example) <= LONGEST_SHOWN else ""


def may_be_empty(field: Field) -> bool:
    """Whether it is worth saying that nothing need be typed: not of choices, nor with a usual."""
    chosen = (Control.FIXED, Control.YES_NO, Control.CHOICE, Control.TICKS, Control.RANKED)
    return not field.is_needed and not field.usual and field.control not in chosen


def _example(field: Field) -> Any:
    steps: list[str | int] = []
    for step in field.path.split("."):
        steps.append(step)
        if isinstance(example_of(tuple(steps)), list) and step != field.name:
            steps.append(0)
    if field.name == "":
        steps.append(0)
    return example_of(tuple(steps))


def _in_words(value: Any) -> str:
    if isinstance(value, dict):
        first = next(iter(value.values()), "")
        return _in_words(first) if set(value) <= {"en", "es"} else ""
    if isinstance(value, list):
        return ", ".join(_in_words(each) for each in value[:2])
    return str(value) if isinstance(value, str | int | datetime.date) else ""
