"""pydantic's findings about a recall file in words that its writer knows."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.parts import KEY_PATTERN, Figure, Money, Path
from recalldesk.recalls.field_examples import written_example

PATTERNS: Mapping[str, str] = {
    r"^UN[0-9]{4}$": "must be UN and four digits",
    KEY_PATTERN: "must be small letters, digits and single hyphens, such as a1263",
    r"^[A-Z]{2}$": "must be a country in two capital letters, such as US",
    r"^[A-Z]{3}$": "must be a currency in three capital letters, such as USD",
    r"^#[0-9a-f]{6}$": "must be a colour of six small hexadecimal digits, such as #1d4f91",
    r"^\+[1-9][0-9]{6,14}$": "must be a phone number with its country, such as +18005550142",
    r"^[A-Za-z0-9][A-Za-z0-9._-]*\.(?i:jpg|jpeg|png|webp|heic|heif)$": (
        "must be the name of a picture, such as k20-front.jpg"
    ),
    r"^https://": "must be an address that begins with https://",
    r"^[a-z0-9.-]+$": "must be a host name in small letters, such as recall.firm.example",
    r"^[a-z_]+$": "must be a name of small letters and underscores, such as burn_injuries",
    r"^(asin|sku|upc|ean|gtin|item_number|title)$": (
        "must be one of asin, sku, upc, ean, gtin, item_number, title"
    ),
    r"^[0-9A-Z]$": "must be one digit or capital letter",
    r"^[0-9A-Z]+$": "must be every character written out, digits first, such as 0123456789ABCDEF",
    r"^[0-9A-Z]{2,}$": "must be two or more digits and capital letters that look alike, as 1IL",
    r"^[A-Z]{3,12}$": "must be one word of 3 to 12 capital letters, such as RECALLED",
    r"^[0-9]{2,6}$": 'must be a short number in quotes, such as "911"',
    r"^[ -]*([0-9A-Za-z][ -]*){4,40}$": "must be a serial of 4 to 40 letters and digits",
}
KINDS: Mapping[str, str] = {
    "missing": "is missing",
    "string_unicode": "holds characters that are no text",
    "recursion_loop": "refers to itself",
}
SHOWN: Mapping[str, str] = {
    "string_type": "must be a text in quotes",
    "tuple_type": "must be a list in square brackets",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
}
"""These say how the very field is written."""
INLINE = (Money, Figure)
"""Parts that are written in one line."""
KIND_FAMILIES: tuple[tuple[str, str], ...] = (
    ("int_", "must be a whole number"),
    ("decimal_max_places", "must have at most two places after the point"),
    ("decimal_", "must be a number"),
    ("bool_", "must be true or false, without quotes"),
    ("date_", "must be a day such as 2025-06-12"),
    ("datetime_", "must be a day such as 2025-06-12"),
)
BOUNDS: Mapping[str, str] = {
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "string_too_long": "must have at most {max_length} characters",
    "string_too_short": "must have at least {min_length} characters",
    "too_short": "needs at least {min_length} entry",
}


def in_plain_words(details: ErrorDetails, path: Path) -> str:
    """One finding as the end of a sentence that begins with the field's name."""
    kind, context = details["type"], details.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_field(path)
    if kind == "string_pattern_mismatch":
        return PATTERNS.get(context["pattern"], "is not written as it must be")
    if kind in ("enum", "literal_error"):
        return _one_of(str(context["expected"]).replace("'", ""), details["input"])
    if kind in BOUNDS:
        return BOUNDS[kind].format_map(context)
    if kind in KINDS:
        return KINDS[kind]
    if kind in SHOWN:
        return _as_written(kind, path)
    for beginning, words in KIND_FAMILIES:
        if kind.startswith(beginning):
            return words
    return details["msg"].removeprefix("Value error, ").replace("value is not", "is not", 1)


def _one_of(expected: str, given: object) -> str:
    if expected.isdigit():
        quoted = f"{expected}, without quotes" if isinstance(given, str) else expected
        return f"must be {quoted}"
    return f"must be one of {expected}"


def _as_written(kind: str, path: Path) -> str:
    """How the field at a path is written: the heading of its table, or an example in a line."""
    models = _models_at(path)
    if models and not any(model in INLINE for model in models):
        name = ".".join(step for step in path if isinstance(step, str))
        many = kind == "tuple_type" or isinstance(path[-1], int)
        if many:
            return f"must be a list of tables: write [[{name}]] above each"
        return f"must be a table: write [{name}] above its fields"
    if path == ("figures",):
        return "must be a table: write [figures] above its fields"
    example = written_example(path)
    return f"{SHOWN[kind]}, such as {example}" if example else SHOWN[kind]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]


def _model_around(path: Path) -> type[BaseModel]:
    """The part of a document that holds the field at the end of a path."""
    model: type[BaseModel] = Document
    named = [step for step in path if isinstance(step, str)]
    for step in named[:-1]:
        field = model.model_fields.get(step)
        if field is not None:
            model = next(iter(_models_in(field.annotation)), model)
    return model


def _models_at(path: Path) -> list[type[BaseModel]]:
    """The parts that the field at the end of a path holds, if it holds any."""
    named = [step for step in path if isinstance(step, str)]
    field = _model_around(path).model_fields.get(named[-1]) if named else None
    if field is not None:
        return _models_in(field.annotation)
    return [Figure] if path[:1] == ("figures",) else []


def _unknown_field(path: Path) -> str:
    model, name = _model_around(path), str(path[-1])
    known = list(model.model_fields)
    near = get_close_matches(name[:60], known, n=1)
    if near:
        return f"is not a field here; did you mean `{near[0]}`?"
    if name in Document.model_fields:
        return (
            "is not a field here; it belongs to the whole recall: write it before the first [table]"
        )
    return f"is not a field here; the fields are {', '.join(known)}"
