"""The fields of a recall file as tables: names, kinds and defaults from the models themselves."""

from collections.abc import Iterator
from typing import Any

from docs_parts.blocks import table
from recalldesk.recalls.document import Document
from recalldesk.recalls.field_meanings import MEANINGS
from recalldesk.recalls.plain_words import PATTERNS

Schema = dict[str, Any]
INLINE = frozenset({"Money"})


def _resolved(described: Schema, whole: Schema) -> tuple[str, Schema]:
    """The name and the schema of a model or enum that is referred to; the name else empty."""
    if "$ref" in described:
        name = str(described["$ref"]).rsplit("/", 1)[-1]
        return name, whole["$defs"][name]
    choices = [c for c in described.get("anyOf", ()) if c.get("type") != "null"]
    return _resolved(choices[0], whole) if len(choices) == 1 else ("", described)


def _number(described: Schema) -> str:
    least, most = described.get("minimum"), described.get("maximum")
    if least is not None and most is not None:
        return f"whole number, {least} to {most}"
    return "whole number" if least is None else f"whole number, {least} or more"


def _text(described: Schema) -> str:
    if "enum" in described:
        return "one of " + ", ".join(f"`{choice}`" for choice in described["enum"])
    if "pattern" in described:
        words = PATTERNS[described["pattern"]].removeprefix("must be ")
        most = described.get("maxLength")
        return f"{words}; at most {most} characters" if most else words
    if "maxLength" in described:
        return f"text of {described.get('minLength', 0)} to {described['maxLength']} characters"
    return {"date": "day, such as 2025-06-12", "email": "e-mail address"}.get(
        described.get("format", ""), "text"
    )


def _table_kind(described: Schema) -> str:
    if "patternProperties" in described:
        inside = next(iter(described["patternProperties"].values()))
        return "tables by name" if "$ref" in inside else "character = character"
    return "text per language"


def _kind(described: Schema, whole: Schema) -> str:
    name, meant = _resolved(described, whole)
    kind = meant.get("type")
    if "const" in meant:
        return f"`{meant['const']}`"
    if name in INLINE:
        return "`{ amount, currency }`"
    if name and kind == "object":
        return "table"
    if kind == "array":
        return f"list: {_kind(meant['items'], whole)}"
    if kind == "object":
        return _table_kind(meant)
    simple = {"boolean": "`true` or `false`", None: "number"}
    return simple.get(kind) or (_number(meant) if kind == "integer" else _text(meant))


def _default(name: str, described: Schema, required: bool) -> str:
    if required:
        return "needed"
    value = described.get("default")
    if value in (None, "", []) or isinstance(value, dict):
        return "may be left out"
    if isinstance(value, list):
        return "`[" + ", ".join(f'"{entry}"' for entry in value) + "]`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _child(described: Schema, whole: Schema) -> tuple[Schema | None, bool]:
    """The table that a field holds, if it holds one, and whether it is a list of them."""
    name, meant = _resolved(described, whole)
    if meant.get("type") == "array":
        inner, schema = _resolved(meant["items"], whole)
        return (schema if inner and schema.get("type") == "object" else None), True
    if "patternProperties" in meant:
        inner, schema = _resolved(next(iter(meant["patternProperties"].values())), whole)
        return (schema if inner else None), False
    is_table = bool(name) and name not in INLINE and meant.get("type") == "object"
    return (meant if is_table else None), False


def _heading(path: tuple[str, ...], is_list: bool) -> str:
    if not path:
        return "### The top of the file"
    if path == ("figures",):
        return "### `figures.NAME = { … }`"
    written = ".".join(path)
    return f"### `[[{written}]]`" if is_list else f"### `[{written}]`"


def sections(
    schema: Schema, whole: Schema, path: tuple[str, ...] = (), is_list: bool = False
) -> Iterator[tuple[tuple[str, ...], str, Schema]]:
    """Each table of the file: its path, its heading, its schema, in the order of the file."""
    yield path, _heading(path, is_list), schema
    for name, described in schema["properties"].items():
        child, many = _child(described, whole)
        if child is not None:
            yield from sections(child, whole, (*path, name), many)


def field_names() -> list[str]:
    """Every field of the file, as `table.field`."""
    whole = Document.model_json_schema()
    return [
        ".".join((*path, name))
        for path, _, schema in sections(whole, whole)
        for name in schema["properties"]
    ]


def all_tables() -> str:
    """One section for each table of the file."""
    whole = Document.model_json_schema()
    written = []
    for path, heading, schema in sections(whole, whole):
        required = set(schema.get("required", ()))
        rows = [
            (
                f"`{name}`",
                _kind(described, whole),
                _default(name, described, name in required),
                MEANINGS.get(".".join((*path, name)), ""),
            )
            for name, described in schema["properties"].items()
        ]
        body = table(("field", "what it holds", "default", "meaning"), rows)
        written.append(f"{heading}\n\n{schema.get('description', '')}\n\n{body}")
    return "\n".join(written)
