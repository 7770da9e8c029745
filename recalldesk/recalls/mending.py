"""Finds as many problems of a recall file at once as can be told apart.

pydantic stops at a part that it cannot read. Here what cannot be read is mended with an example,
for as long as it takes to read the rest, and the rules between fields run on all that the writer
wrote: a rule that would read an example is left out, and so is whatever it would say.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.parts import WITHOUT_RULES, Part, Path, Problem, Rule
from recalldesk.recalls.field_examples import example_of

ROUNDS = 20
ANY, OWN = "*", "@"
"""In what a rule reads: any entry of a list, and the entry that a problem is about."""


@dataclass(frozen=True)
class Findings:
    """What is wrong field by field and between fields; whether some rules could not run."""

    fields: tuple[tuple[Path, ErrorDetails], ...]
    between: tuple[Problem, ...]
    is_unfinished: bool


def all_findings(raw: dict[str, Any]) -> Findings:
    """Everything that can be told of a file that is TOML."""
    mended = deepcopy(raw)
    fields: list[tuple[Path, ErrorDetails]] = []
    unread: set[Path] = set()
    for _ in range(ROUNDS):
        try:
            document = Document.model_validate(mended, context=WITHOUT_RULES)
        except ValidationError as error:
            new = [(path_in(mended, details["loc"]), details) for details in _told(error)]
            fresh = [(path, details) for path, details in new if not _is_below(path, unread)]
            fields += fresh
            before = len(unread)
            for path, details in fresh:
                unread |= _mend(mended, path, details["type"])
            if len(unread) == before:
                return Findings(tuple(fields), (), is_unfinished=True)
        else:
            between, is_unfinished = _between(document, frozenset(unread))
            return Findings(tuple(fields), tuple(between), is_unfinished)
    return Findings(tuple(fields), (), is_unfinished=True)


def path_in(raw: Any, location: Path) -> Path:
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


def _told(error: ValidationError) -> Iterator[ErrorDetails]:
    """All but this: pydantic calls a list too short whose entries are there, but unreadable."""
    for details in error.errors(include_url=False):
        given = details["input"]
        is_short = details["type"] == "too_short" and isinstance(given, list)
        if not is_short or len(given) < int(details["ctx"]["min_length"]):
            yield details


def _is_below(path: Path, others: Iterable[Path]) -> bool:
    return any(path[: len(other)] == other for other in others)


def _mend(raw: dict[str, Any], path: Path, kind: str) -> set[Path]:
    """Puts an example at a path, or takes away what does not belong there.

    The path that now holds something else than the writer's, if any: where a name of the writer's
    own is gone, the table that it is missing from.
    """
    part: Any = raw
    for step in path[:-1]:
        part = part[step]
    if not path or not isinstance(part, dict | list):
        return set()
    example = example_of(path)
    is_name = _is_name(path, kind)
    if isinstance(part, dict) and (kind == "extra_forbidden" or is_name or example is None):
        gone = part.pop(str(path[-1]), None) is not None
        return {path[:-1] if is_name else path} if gone else set()
    if example is None:
        return set()
    if isinstance(part, list):
        part[int(path[-1])] = deepcopy(example)
    else:
        part[str(path[-1])] = deepcopy(example)
    return {path}


def _is_name(path: Path, kind: str) -> bool:
    """Whether the name of the field is what is wrong: only these two tables name freely."""
    return kind == "string_pattern_mismatch" and (
        (path[:1] == ("figures",) and len(path) == 2) or path[-2:-1] == ("folding",)
    )


def _parts_in(part: Any, path: Path = ()) -> Iterator[tuple[Path, Part]]:
    """Every part of a document with its path, the inner before the outer."""
    if isinstance(part, Part):
        for name in type(part).model_fields:
            yield from _parts_in(getattr(part, name), (*path, name))
        yield path, part
    elif isinstance(part, tuple):
        for place, entry in enumerate(part):
            yield from _parts_in(entry, (*path, place))
    elif isinstance(part, dict):
        for name, entry in part.items():
            yield from _parts_in(entry, (*path, name))


def _between(document: Document, unread: frozenset[Path]) -> tuple[list[Problem], bool]:
    """The problems between fields, and whether a rule could not run.

    What an inner part contradicts, an outer one does not read.
    """
    problems: list[Problem] = []
    is_unfinished = False
    for path, part in _parts_in(document):
        for rule in part.rules:
            runs, found = _problems_of(rule, path, part, unread)
            problems += found
            is_unfinished |= not runs
        if path:
            wrong = {p for p, _ in problems if p[: len(path)] == path and len(p) > len(path)}
            unread |= frozenset(wrong)
    return problems, is_unfinished


def _problems_of(
    rule: Rule, path: Path, part: Part, unread: frozenset[Path]
) -> tuple[bool, list[Problem]]:
    """Whether a rule ran on everything that it reads, and what it found."""
    reads = [(*path, *_steps(read)) for read in rule.reads]
    if any(_touches(read, other) for read in reads if OWN not in read for other in unread):
        return False, []
    whole, kept = True, []
    for where, message in rule.check(part):
        full = (*path, *where)
        own = [_of_entry(read, full) for read in reads if OWN in read]
        if any(_touches(read, other) for read in own for other in unread):
            whole = False
        elif not _is_below(full, unread):
            kept.append((full, message))
    return whole, kept


def _steps(read: str) -> Path:
    return tuple(read.split("."))


def _touches(read: Path, other: Path) -> bool:
    """Whether a rule that reads one path reads something of the other."""
    return all(step in (ANY, there) for step, there in zip(read, other, strict=False))


def _of_entry(read: Path, problem: Path) -> Path:
    """What a rule reads, narrowed to the entry that its problem is about."""
    place = read.index(OWN)
    own = problem[place] if place < len(problem) and read[:place] == problem[:place] else ANY
    return (*read[:place], own, *read[place + 1 :])
