"""A mapping file: which files another system wrote, what their headings and words mean, in TOML.

Guarantee: what it says is understood whole, or refused with what is wrong; no word is passed over.
"""

import hashlib
import tomllib
from collections.abc import Mapping as Words
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from recalldesk.takeover.errors import TakeoverRefused
from recalldesk.takeover.headings import COLUMNS, USUAL, WORDS, plain
from recalldesk.takeover.states import FileOf

NAME = "takeover.toml"
"""By this name it is found in a folder."""
LARGEST = 1 << 16
LONGEST_SYSTEM = 60
PHOTOS = "photos"


@dataclass(frozen=True)
class Part:
    """What is said of one file. `file`: its name in the folder; `day`: how days are written there,
    where ours is not; `columns`: their heading of each of our columns; `words`: by table, our word
    of each of theirs; `usual`: what holds where a line does not say it."""

    file: str = ""
    day: str = ""
    columns: Words[str, str] = field(default_factory=dict)
    words: Words[str, Words[str, str]] = field(default_factory=dict)
    usual: Words[str, str] = field(default_factory=dict)

    def meant(self, table: str, word: str) -> str:
        """Our word for one of theirs; theirs where the table does not have it."""
        return self.words.get(table, {}).get(plain(word), word.strip())


@dataclass(frozen=True)
class Mapping:
    """`digest`: of what it says. `photos`: the folder in which photos lie, beside the files."""

    system: str
    digest: str
    parts: Words[FileOf, Part]
    photos: str = PHOTOS

    def part(self, kind: FileOf) -> Part:
        """What is said of a file."""
        return self.parts.get(kind, Part())


def read_mapping(path: Path) -> Mapping:
    """The mapping in a file. Raises TakeoverRefused."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise TakeoverRefused(f"{path.name} is too large for a mapping file.")
        return mapping_of(tomllib.loads(content.decode("utf-8-sig")))
    except OSError as error:
        raise TakeoverRefused(
            f"{path.name} cannot be opened: {error.strerror}.",
            'It lies in the folder of the files; its one needed line is: system = "Their system".',
        ) from error
    except UnicodeDecodeError as error:
        raise TakeoverRefused(f"{path.name} is no text in UTF-8.", "Save it so.") from error
    except tomllib.TOMLDecodeError as error:
        raise TakeoverRefused(f"{path.name} is no TOML: {error}.", "Mend that line.") from error


def mapping_of(said: Words[str, Any]) -> Mapping:
    """The mapping that these tables make. Raises TakeoverRefused."""
    _refuse_others(said, {"system", PHOTOS, *(kind.value for kind in FileOf)}, "The mapping")
    system = _text(said, "system", "the mapping")
    if not system or len(system) > LONGEST_SYSTEM:
        raise TakeoverRefused(
            "The mapping does not say from which system the recall comes.",
            f'Write system = "Its name", of at most {LONGEST_SYSTEM} characters.',
        )
    parts = {kind: _part(kind, said[kind.value]) for kind in FileOf if kind.value in said}
    digest = hashlib.sha256(repr(sorted(_flat("", said))).encode()).hexdigest()
    return Mapping(system, digest, parts, _text(said, PHOTOS, "the mapping") or PHOTOS)


def _part(kind: FileOf, said: Any) -> Part:
    where = f"[{kind.value}]"
    if not isinstance(said, dict):
        raise TakeoverRefused(f"{where} is no table.", "Write its name in square brackets.")
    _refuse_others(said, {"file", "day", "columns", "usual", *WORDS[kind]}, where)
    columns, usual = _table(said, "columns", where), _table(said, "usual", where)
    _refuse_others(columns, COLUMNS[kind], f"[{kind.value}.columns]")
    _refuse_others(usual, USUAL[kind], f"[{kind.value}.usual]")
    words = {
        name: {plain(theirs): ours for theirs, ours in _table(said, name, where).items()}
        for name in WORDS[kind]
        if name in said
    }
    return Part(_text(said, "file", where), _day(said, where), columns, words, usual)


def _day(said: Words[str, Any], where: str) -> str:
    form = _text(said, "day", where)
    if form:
        today = datetime(2001, 2, 3)  # noqa: DTZ001 - only its day is written
        try:
            is_whole = datetime.strptime(today.strftime(form), form).date() == today.date()  # noqa: DTZ007
        except ValueError:
            is_whole = False
        if not is_whole:
            raise TakeoverRefused(
                f"{where} day = {form!r} does not say a whole day.",
                'Write it as "%m/%d/%Y", with %Y, %m and %d.',
            )
    return form


def _table(said: Words[str, Any], name: str, where: str) -> dict[str, str]:
    table = said.get(name, {})
    if not isinstance(table, dict) or not all(isinstance(each, str) for each in table.values()):
        raise TakeoverRefused(
            f"{name} in {where} is no table of texts.", 'Write "one" = "another" below its name.'
        )
    return {key: value.strip() for key, value in table.items()}


def _text(said: Words[str, Any], name: str, where: str) -> str:
    value = said.get(name, "")
    if not isinstance(value, str):
        raise TakeoverRefused(f"{name} in {where} is no text.", "Write it in quotation marks.")
    return value.strip()


def _refuse_others(said: Any, known: Any, where: str) -> None:
    if strange := sorted(set(said) - set(known)):
        raise TakeoverRefused(
            f"{where} says {', '.join(strange)}, which is not known there.",
            f"Known are {', '.join(sorted(known))}.",
        )


def _flat(name: str, value: Any) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [each for key in value for each in _flat(f"{name}\x1f{key}", value[key])]
    return [(name, str(value))]
