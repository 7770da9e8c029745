"""Reads a recall file, or says all that is wrong in it, field by field and line by line.

Guarantee: any text gives a Document that holds together or RecallFileProblems, nothing else.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.parts import Path
from recalldesk.recalls.errors import FileProblem, RecallFileProblems
from recalldesk.recalls.field_paths import readable_path
from recalldesk.recalls.mending import Findings, all_findings
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
    text = text.removeprefix("\ufeff")
    raw = _parsed(text)
    try:
        return Document.model_validate(raw)
    except ValidationError:
        findings = all_findings(raw)
    except RecursionError:
        raise _only(1, "the file nests tables or lists too deeply") from None
    problems = _problems(findings, raw, TomlLines(text))
    raise RecallFileProblems(problems, is_all=not findings.is_unfinished)


def raw_of(text: str) -> dict[str, Any]:
    """The tables of a recall file, as they are written. Raises RecallFileProblems for no TOML."""
    return _parsed(text.removeprefix("\ufeff"))


def _only(line: int, message: str) -> RecallFileProblems:
    return RecallFileProblems((FileProblem(line, "", message),), is_all=False)


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


def _problems(
    findings: Findings, raw: Mapping[str, Any], lines: TomlLines
) -> tuple[FileProblem, ...]:
    of_fields: dict[Path, str] = {}
    for path, details in findings.fields:
        of_fields.setdefault(path, in_plain_words(details, path))
    found = {*of_fields.items(), *findings.between}
    return tuple(
        sorted(
            FileProblem(lines.line_of(path), readable_path(path, raw), message, path)
            for path, message in found
        )
    )
