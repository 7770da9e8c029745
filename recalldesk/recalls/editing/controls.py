"""The controls of a field, each as a page draws it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from recalldesk.recalls.editing.choice_words import word_of
from recalldesk.recalls.editing.choices import Choice
from recalldesk.recalls.editing.shape import Control, Field
from recalldesk.recalls.editing.typed import NO, NOBODY, YES, Typed, says_nobody

LINE_WIDTH = 60
"""Characters after which a text takes another line of its control."""
MOST_ROWS = 12
UNSAID = "Not said"


@dataclass(frozen=True)
class Option:
    """One of the choices of a control."""

    value: str
    label: str
    is_chosen: bool


@dataclass
class Input:
    """One control. `kind`: line, number, day, long, select, ticks, fixed, or as it stands (raw)."""

    name: str
    kind: str
    label: str = ""
    language: str = ""
    value: str = ""
    rows: int = 1
    options: Sequence[Option] = ()

    @property
    def is_several(self) -> bool:
        """Whether it has a box for each of its choices."""
        return self.kind == "ticks"


def inputs_of(
    field: Field, name: str, value: Any, typed: Typed | None, choices: Sequence[Choice]
) -> list[Input]:
    """The controls of a field. `typed` is None where they cannot show the value as it is."""
    if field.control is Control.FIXED:
        return [Input(name, "fixed", value=str(value))]
    if typed is None:
        return [Input(name, "raw", value=str(value)[:300])]
    if field.control is Control.TEXT:
        return [
            Input(
                f"{name}.{language}",
                "long",
                label=word_of("languages", language),
                language=language,
                value=text,
                rows=_rows(text, 1),
            )
            for language, text in typed.items()
        ]
    text = typed.get("", "")
    if field.control in (Control.CHOICE, Control.YES_NO):
        return [Input(name, "select", value=text, options=_options(field, text, choices))]
    if field.control is Control.RANKED:
        return _ranked(name, text, choices)
    if field.control is Control.TICKS:
        return [Input(name, "ticks", value=text, options=_ticks(field, text, choices))]
    return [_written(field, name, text, value)]


def _written(field: Field, name: str, text: str, value: Any) -> Input:
    by_line = (Control.LINES, Control.NUMBERS, Control.DAYS, Control.PAIRS)
    if field.control in by_line:
        return Input(name, "long", value=text, rows=_rows(text, 2))
    if field.control is Control.LONG or "\n" in text:
        return Input(name, "long", value=text, rows=_rows(text, 1))
    if field.control is Control.DAY and _is_day(text):
        return Input(name, "day", value=text)
    kind = "number" if field.control in (Control.NUMBER, Control.DECIMAL) else "line"
    return Input(name, kind, value=text)


def _is_day(text: str) -> bool:
    if not text:
        return True
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _rows(text: str, least: int) -> int:
    lines = sum(1 + len(line) // LINE_WIDTH for line in text.split("\n"))
    return max(least, min(lines + (1 if least > 1 else 0), MOST_ROWS))


def _options(field: Field, text: str, choices: Sequence[Choice]) -> list[Option]:
    """The choices; what stands there and is none of them is one more, so that it stays."""
    known = [(YES, "Yes"), (NO, "No")] if field.control is Control.YES_NO else list(choices)
    if field.usual is None:
        known = [("", UNSAID if not field.is_needed else "Please choose"), *known]
    if text not in dict(known):
        known.append((text, f"“{text}”, as it stands"))
    return [Option(each, label, each == text) for each, label in known]


def _ticks(field: Field, text: str, choices: Sequence[Choice]) -> list[Option]:
    ticked = [each for each in text.split("\n") if each]
    known = [*choices, *((NOBODY, "Nobody"),)] if says_nobody(field) else list(choices)
    known += [(each, f"“{each}”, not defined") for each in ticked if each not in dict(known)]
    return [Option(each, label, each in ticked) for each, label in known]


def _ranked(name: str, text: str, choices: Sequence[Choice]) -> list[Input]:
    """A control for each place: which comes first, which then."""
    chosen = [each for each in text.split("\n") if each]
    known = [("", "—"), *choices]
    known += [(each, f"“{each}”, as it stands") for each in chosen if each not in dict(known)]
    places = max(len(choices), len(chosen))
    return [
        Input(
            f"{name}.@{place}",
            "select",
            label="First" if place == 0 else f"{place + 1}.",
            value=(value := chosen[place] if place < len(chosen) else ""),
            options=[Option(each, label, each == value) for each, label in known],
        )
        for place in range(places)
    ]


def said(field_inputs: Sequence[Input], typed: Typed) -> str:
    """What stands in the controls of a field, as one text."""
    by_language = [
        f"{each.label}: {typed[each.language]}"
        for each in field_inputs
        if each.language and typed.get(each.language)
    ]
    if by_language:
        return "\n".join(by_language)
    text = typed.get("", "")
    for each in field_inputs[:1]:
        words = {option.value: option.label for option in each.options}
        if words:
            return ", ".join(words.get(part, part) for part in text.split("\n"))
    return text
