"""Reads a recall file, or says all that is wrong in it, field by field and line by line.

Guarantee: any text gives a Document that holds together or RecallFileProblems, nothing else.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.cross_checks import problems_between
from recalldesk.recalls.errors import FileProblem, RecallFileProblems
from recalldesk.recalls.field_paths import Path, readable_path
from recalldesk.recalls.plain_words import in_plain_words
from recalldesk.recalls.toml_lines import TomlLines

LONGEST = 1_000_000

POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
SYNTAX: tuple[tuple[str, str], ...] = (
    ("Cannot overwrite a value", "the same field is given twice"),
    ("Cannot declare", "the same [table] is opened twice, or a field already has its name"),
    ("Expected '='", "a name must be followed by = and its value"),
    ("Invalid value", "the value after = cannot be read; a text stands in double quotes"),
    ("Invalid statement", "the line is neither a [table] nor name = value"),
    ("Unclosed array", "the entries of a list are parted by commas, and ] closes it"),
    ("Unclosed inline table", "the fields of a table are parted by commas, and } closes it"),
    ("Illegal character", "a character cannot stand here; is a text not closed with its quote?"),
    ("Unescaped '\\'", "a \\ in a text must be written \\\\"),
    ("Expected newline", "the line goes on after its value; is a text or a day not written right?"),
    ("Invalid initial character", "a name is expected here: letters, digits, - and _"),
)


def read_recall_file(text: str) -> Document:
    """The document that a recall file holds. Raises RecallFileProblems with every problem."""
    raw = _parsed(text.removeprefix("\ufeff"))
    try:
        return Document.model_validate(raw)
    except ValidationError as error:
        found = [*error.errors(include_url=False), *_hidden(raw, error)]
    except RecursionError:
        raise _only(1, "the file nests tables or lists too deeply") from None
    raise RecallFileProblems(_problems(found, raw, TomlLines(text.removeprefix("\ufeff"))))


def _only(line: int, message: str) -> RecallFileProblems:
    return RecallFileProblems((FileProblem(line, "", message),))


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise _only(1, f"the file has more than {LONGEST:,} characters: serials stand in own files")
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise _not_toml(str(error), text) from error
    except RecursionError:
        raise _only(1, "the file nests tables or lists too deeply") from None


def _not_toml(message: str, text: str) -> RecallFileProblems:
    position = POSITION.search(message)
    line = int(position[1]) if position and position[1] else text.rstrip().count("\n") + 1
    said = message[: position.start()] if position else message
    if position and not position[1]:
        return _only(line, "the file ends too early: a text, a list or a table is not closed")
    plain = next((words for start, words in SYNTAX if said.startswith(start)), None)
    return _only(line, plain or f"cannot be read: {said}")


def _hidden(raw: dict[str, Any], error: ValidationError) -> list[ErrorDetails]:
    """Problems between the parts that can be read, while other parts cannot.

    pydantic looks at the whole only when each part is sound; a writer wants all problems at once.
    """
    unsound = {details["loc"][0] for details in error.errors(include_url=False) if details["loc"]}
    fields = {name: field for name, field in Document.model_fields.items() if name not in unsound}
    if _from_the_whole(error):
        return []
    sound: dict[str, Any] = {}
    for name in fields.keys() & raw.keys():
        annotation: Any = Annotated[fields[name].annotation, fields[name]]
        sound[name] = TypeAdapter(annotation).validate_python(raw[name])
    part = Document.model_construct(**sound)
    between = problems_between(part, frozenset(fields))
    return ValidationError.from_exception_data("Document", between).errors(include_url=False)


def _from_the_whole(error: ValidationError) -> bool:
    """Whether the parts were sound, so that the checks between them have run already."""
    return all(details["type"] == "recall_file" for details in error.errors(include_url=False))


def _problems(
    found: Iterable[ErrorDetails], raw: Mapping[str, Any], lines: TomlLines
) -> tuple[FileProblem, ...]:
    problems: dict[tuple[Path, str], FileProblem] = {}
    for details in found:
        if _follows_from_others(details):
            continue
        path = _path_in(raw, details["loc"])
        message = in_plain_words(details["type"], details["msg"], details.get("ctx", {}), path)
        field = readable_path(path, raw)
        problems.setdefault((path, message), FileProblem(lines.line_of(path), field, message))
    return tuple(sorted(problems.values()))


def _follows_from_others(details: ErrorDetails) -> bool:
    """pydantic calls a list too short whose entries are there, but have problems of their own."""
    given = details["input"]
    if details["type"] != "too_short" or not isinstance(given, list):
        return False
    return len(given) >= int(details["ctx"]["min_length"])


def _path_in(raw: Mapping[str, Any], location: Path) -> Path:
    """The part of pydantic's location that stands in the file, or is missing there.

    What follows names branches of pydantic's own, such as `int` in "a number or a whole number".
    """
    part: Any = raw
    for length, step in enumerate(location):
        if isinstance(part, dict) and isinstance(step, str):
            if step not in part:
                return location[: length + 1]
            part = part[step]
        elif isinstance(part, list) and isinstance(step, int) and step < len(part):
            part = part[step]
        else:
            return location[:length]
    return location
