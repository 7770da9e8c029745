"""Among what a field chooses: the words of the program, or what the file itself names elsewhere."""

from collections.abc import Iterator
from typing import Any

from recalldesk.recalls.document.parts import LANGUAGES
from recalldesk.recalls.editing.choice_words import word_of
from recalldesk.recalls.editing.shape import Field

Choice = tuple[str, str]
"""What stands in the file, and what it is called."""

OF_THE_RECALL = ("remedies.countries", "disposal.cases.countries")
"""Fields that name countries of the recall."""


def choices_of(field: Field, raw: dict[str, Any]) -> tuple[Choice, ...]:
    """What can be chosen."""
    if field.choices:
        return tuple((each, word_of(field.path, each)) for each in field.choices)
    if field.path == "languages":
        return tuple((each, word_of(field.path, each)) for each in LANGUAGES)
    if field.path.endswith(".products"):
        return tuple(_named(raw, "products", "key", "model"))
    if field.path in OF_THE_RECALL:
        return tuple(_named(raw, "jurisdictions", "country", "country"))
    figures = raw.get("figures")
    return tuple((name, name) for name in figures) if isinstance(figures, dict) else ()


def _named(raw: dict[str, Any], many: str, key: str, name: str) -> Iterator[Choice]:
    entries = raw.get(many)
    seen: set[str] = set()
    for entry in entries if isinstance(entries, list) else ():
        value = entry.get(key) if isinstance(entry, dict) else None
        if isinstance(value, str) and value and value not in seen:
            seen.add(value)
            called = entry.get(name)
            yield value, called if isinstance(called, str) and called else value
