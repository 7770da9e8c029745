"""From a value of the file to what stands in its controls, and back from what was typed.

Guarantees: what is shown and sent back as it was is the same value; whatever is typed becomes a
value, if only a text, so that the file's own rules say what is wrong with it and nothing is lost.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from enum import Enum
from typing import Any

from recalldesk.recalls.document.parts import LANGUAGES
from recalldesk.recalls.editing.shape import Control, Field

Typed = dict[str, str]
"""What stands in the controls of a field: by language for a text, else under an empty name. Several
ticks stand one in a line."""


class Missing(Enum):
    """That a field is not in the file."""

    MISSING = "missing"


MISSING = Missing.MISSING
OF_SOME = (Control.TICKS, Control.RANKED)
YES, NO, NOBODY = "yes", "no", "-"
WHOLE = re.compile(r"-?(\d{1,18}|\d{1,3}([, \u00a0]\d{3}){1,5})")
GROUPING = re.compile(r"[, \u00a0]")
WITH_PLACES = re.compile(r"-?\d{1,12}\.\d{1,9}")


def languages_in(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """The languages of a file, or the first there is where it names none."""
    named = raw.get("languages")
    known = [each for each in named if each in LANGUAGES] if isinstance(named, list) else []
    return tuple(dict.fromkeys(known)) or LANGUAGES[:1]


def plain_lines(text: str) -> str:
    """A text as a browser sends it back."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def shown(field: Field, value: Any, languages: Sequence[str]) -> Typed | None:
    """What stands in a field's controls; None where they cannot show the value as it is."""
    if field.control is Control.TEXT:
        return _shown_text(value, languages)
    if value is MISSING:
        return {"": _usual(field)}
    if field.control is Control.YES_NO:
        return {"": YES if value else NO} if isinstance(value, bool) else _as_text(value)
    if field.control in (Control.LINES, Control.NUMBERS, Control.DAYS, *OF_SOME):
        return _shown_lines(value, empty=NOBODY if says_nobody(field) else "")
    if field.control is Control.PAIRS:
        return _shown_pairs(value)
    return _as_text(value)


def says_nobody(field: Field) -> bool:
    """Whether none of its choices is another thing than that nothing is said."""
    return field.control is Control.TICKS and field.usual is None and not field.is_needed


def _usual(field: Field) -> str:
    """What a choice says where the file says nothing. What is typed is empty then."""
    usual = field.usual
    if field.control is Control.YES_NO and usual is not None:
        return YES if usual else NO
    if field.control is Control.CHOICE and usual is not None:
        return str(usual.value if isinstance(usual, Enum) else usual)
    if field.control in OF_SOME and usual:
        return "\n".join(str(each.value) for each in usual)
    return ""


def _as_text(value: Any) -> Typed | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float | datetime.date):
        return None
    return {"": plain_lines(value) if isinstance(value, str) else str(value)}


def _shown_lines(value: Any, *, empty: str) -> Typed | None:
    if not isinstance(value, list):
        return None
    entries = [_as_text(each) for each in value]
    texts = [each[""] for each in entries if each is not None]
    if len(texts) < len(entries) or any(not each.strip() or "\n" in each for each in texts):
        return None
    return {"": "\n".join(texts) or empty}


def _shown_pairs(value: Any) -> Typed | None:
    if not isinstance(value, dict) or any(not isinstance(each, str) for each in value.values()):
        return None
    if any("\n" in text or "=" in text for pair in value.items() for text in pair):
        return None
    return {"": "\n".join(f"{name} = {each}" for name, each in value.items())}


def _shown_text(value: Any, languages: Sequence[str]) -> Typed | None:
    if value is MISSING:
        return dict.fromkeys(languages, "")
    if not isinstance(value, dict) or any(not isinstance(each, str) for each in value.values()):
        return None
    return {
        language: plain_lines(value.get(language, ""))
        for language in dict.fromkeys([*languages, *value])
    }


def value_of(field: Field, typed: Typed, before: Any, *, is_inline: bool = False) -> Any:
    """The value that was typed, or MISSING.

    What is emptied goes out of the file, but for a text that may be empty, which keeps its line.
    """
    if field.control is Control.TEXT:
        return _text_of(typed, before)
    text = plain_lines(typed.get("", "")).strip()
    if field.control in OF_SOME:
        return _chosen_of(field, text, before)
    if field.control in (Control.LINES, Control.NUMBERS, Control.DAYS):
        return _lines_of(field, text, before)
    if field.control is Control.PAIRS:
        return _pairs_of(text, before)
    if not text:
        keeps_line = before is not MISSING and not is_inline and isinstance(before, str)
        return "" if keeps_line and (field.is_needed or field.usual == "") else MISSING
    return _single(field.control, text)


def _single(control: Control, text: str) -> Any:
    if control is Control.YES_NO:
        return {YES: True, NO: False}.get(text, text)
    if control in (Control.NUMBER, Control.NUMBERS) and WHOLE.fullmatch(text):
        return int(GROUPING.sub("", text))
    if control in (Control.DAY, Control.DAYS):
        with suppress(ValueError):
            return datetime.date.fromisoformat(text) if len(text) == 10 else text
    return text


def decimal_of(text: str, *, as_number: bool) -> Any:
    """An amount as it was typed, which is exact; a figure as the number that it is."""
    if not as_number:
        return text
    if WHOLE.fullmatch(text):
        return int(GROUPING.sub("", text))
    return float(text) if WITH_PLACES.fullmatch(text) else text


def _text_of(typed: Typed, before: Any) -> Any:
    """A text keeps what it is in languages that are not shown, and their order."""
    old = before if isinstance(before, dict) else {}
    texts = {
        language: old[language]
        if language in old and plain_lines(old[language]) == typed.get(language, old[language])
        else plain_lines(typed[language]).strip()
        for language in dict.fromkeys([*old, *typed])
    }
    kept = {language: text for language, text in texts.items() if text or old.get(language) == ""}
    return kept if kept else MISSING


def _chosen_of(field: Field, text: str, before: Any) -> Any:
    ticked = [each for each in text.split("\n") if each]
    named = [each for each in ticked if each != NOBODY]
    if not named:
        if says_nobody(field):
            return [] if ticked else MISSING
        return [] if field.usual or before is not MISSING else MISSING
    if field.control is Control.RANKED:
        return list(dict.fromkeys(named))
    old = before if isinstance(before, list) else []
    return [each for each in old if each in named] + [each for each in named if each not in old]


def _lines_of(field: Field, text: str, before: Any) -> Any:
    single = {Control.NUMBERS: Control.NUMBER, Control.DAYS: Control.DAY}.get(field.control)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines:
        return MISSING if before is MISSING else []
    return [_single(single, line) if single else line for line in lines]


def _pairs_of(text: str, before: Any) -> Any:
    pairs = [line.partition("=") for line in text.split("\n") if line.strip()]
    if not pairs:
        return MISSING
    return {name.strip(): value.strip() for name, _, value in pairs}
