"""A wave, or what changes of one, as somebody writes it into a file (TOML), with the words in
it or beside it.

Guarantee: everything in a file is understood, or stands among its faults; nothing in it is left out
quietly.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import partial
from typing import Any, TypeVar

from recalldesk.accounts.errors import NotPermitted
from recalldesk.foundation.problem import Problem
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.states import WaveKind, Way
from recalldesk.outreach.waves.errors import FaultsRefused, WaveRefused, WaveStays

Word = TypeVar("Word", bound=Enum)
Said = TypeVar("Said")
MOST = 10_000_000


@dataclass(frozen=True)
class WrittenText:
    """Words in one way and language; None where the file does not say them."""

    way: Way
    language: str
    subject: str | None
    body: str | None


@dataclass(frozen=True)
class WrittenWave:
    """What a file says, and only that. `settings`: as arguments of `change_wave`; `audience`: by
    what it narrows, as `Audience.stored` writes it; `knows_ways`: whether the ways in it, if any,
    are understood; `faults`: what is wrong with the file."""

    settings: Mapping[str, Any]
    audience: Mapping[str, Any]
    texts: tuple[WrittenText, ...]
    knows_ways: bool
    faults: tuple[Problem, ...]


class Faults:
    """All that is wrong with a file, each said once."""

    def __init__(self) -> None:
        self._found: dict[str, Problem] = {}

    def add(self, *faults: Problem) -> None:
        """Keeps them."""
        for fault in faults:
            self._found.setdefault(str(fault), fault)

    def of(self, read: Callable[[], Said]) -> Said | None:
        """What is read; None where it cannot be, and its fault is kept. Raises NotPermitted,
        WaveStays."""
        try:
            return read()
        except (NotPermitted, WaveStays):
            raise
        except FaultsRefused as several:
            self.add(*several.faults)
        except Problem as fault:
            self.add(fault)
        return None

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found.values())


def read_wave(text: str, *, file_named: Callable[[str], str]) -> WrittenWave:
    """What a file says, with its faults. `file_named`: gives the text of a file that it names
    beside it, or raises a Problem. Raises WaveRefused where it is no TOML at all."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WaveRefused(f"The file is no TOML: {error}.", "docs/waves.md shows one.") from None
    faults = Faults()
    known = sorted({*SETTINGS, "costs", "audience", "texts"})
    for name in sorted(set(said).difference(known)):
        faults.add(WaveRefused(f"A wave has no {name!r}.", f"It has {', '.join(known)}."))
    settings: dict[str, Any] = {}
    for name, understood in SETTINGS.items():
        if name in said:
            one = faults.of(partial(_understood, understood, said[name], name))
            settings.update(one or {})
    if "costs" in said:
        settings["costs"] = _costs(said["costs"], faults)
    return WrittenWave(
        settings=settings,
        audience=_audience(said.get("audience", {}), faults),
        texts=_texts(said.get("texts", {}), file_named, faults),
        knows_ways="ways" in settings or "ways" not in said,
        faults=tuple(faults),
    )


def _understood(read: Callable[[Any, str], object], value: object, name: str) -> dict[str, object]:
    """In a table of one, since what is understood may be None."""
    return {name: read(value, name)}


def _ways(value: object, name: str) -> tuple[Way, ...]:
    if not isinstance(value, list) or not value:
        raise WaveRefused("`ways` is no list.", 'Write it as ["email", "sms"].')
    return tuple(_word(Way, each, name) for each in value)


def _audience(said: object, faults: Faults) -> dict[str, Any]:
    """Each word by itself, so that all that is wrong is named."""
    understood: dict[str, Any] = {}
    for name, value in (faults.of(lambda: _table(said, "audience")) or {}).items():
        parts = [[each] for each in value] if isinstance(value, list) and value else [value]
        read = [faults.of(partial(Audience.from_stored, {name: part})) for part in parts]
        if None not in read:
            understood[name] = value
    return understood if faults.of(lambda: Audience.from_stored(understood)) else {}


def _costs(said: object, faults: Faults) -> dict[Way, Decimal]:
    prices = {}
    for name, price in (faults.of(lambda: _table(said, "costs")) or {}).items():
        way = faults.of(partial(_word, Way, name, "costs"))
        cost = faults.of(partial(_price, name, price))
        if way is not None and cost is not None:
            prices[way] = cost
    return prices


def _price(name: str, said: object) -> Decimal:
    try:
        price = Decimal(str(said))
    except InvalidOperation:
        raise WaveRefused(f"The cost of {name} is no number.", 'Write "0.75".') from None
    if not price.is_finite() or price < 0:
        raise WaveRefused(f"The cost of {name} is no price.", 'Write "0.75".')
    return price


def _texts(
    said: object, file_named: Callable[[str], str], faults: Faults
) -> tuple[WrittenText, ...]:
    found = []
    for name, languages in (faults.of(lambda: _table(said, "texts")) or {}).items():
        way = faults.of(partial(_word, Way, name, "texts"))
        tables = faults.of(partial(_table, languages, f"texts.{name}")) or {}
        for language, words in tables.items():
            text = faults.of(partial(_words, words, f"texts.{name}.{language}", file_named))
            if way is not None and text is not None:
                found.append(WrittenText(way, language, *text))
    return tuple(found)


def _words(
    said: object, where: str, file_named: Callable[[str], str]
) -> tuple[str | None, str | None]:
    table = _table(said, where)
    if unknown := sorted(set(table) - {"subject", "body", "file"}):
        named = ", ".join(map(repr, unknown))
        raise WaveRefused(f"{where} has no {named}.", "It has subject, and body or file.")
    if "body" in table and "file" in table:
        raise WaveRefused(f"{where} has a body and a file.", "Write one of the two.")
    if not table:
        raise WaveRefused(f"{where} says nothing.", "Write a subject, and a body or a file.")
    subject = _text(table["subject"], f"{where}.subject") if "subject" in table else None
    if "file" in table:
        return subject, file_named(_text(table["file"], f"{where}.file"))
    return subject, _text(table["body"], f"{where}.body") if "body" in table else None


def _moment(at: object, name: str) -> datetime | None:
    if at == "":
        return None
    if not isinstance(at, datetime) or at.tzinfo is None:
        raise WaveRefused(
            f"`{name}` is no moment with its time zone.",
            'Write 2025-03-31T09:00:00-05:00; or "": as soon as it is approved.',
        )
    return at


def _count(value: object, name: str, *, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MOST:
        raise WaveRefused(
            f"`{name}` is no number that can be meant.", f"Write {least} to {MOST:,}."
        )
    return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise WaveRefused(f"`{name}` is no text.", "Write it in quotation marks.")
    return value


def _table(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise WaveRefused(f"`{name}` is no table.", "docs/waves.md shows one.")
    return value


def _word(words: type[Word], value: object, name: str) -> Word:
    try:
        return words(value)
    except ValueError:
        raise WaveRefused(
            f"`{name}` says {value!r}.",
            f"It can be {', '.join(str(each.value) for each in words)}.",
        ) from None


SETTINGS: Mapping[str, Callable[[Any, str], object]] = {
    "name": _text,
    "kind": partial(_word, WaveKind),
    "ways": _ways,
    "silent_days": partial(_count, least=0),
    "starts_at": _moment,
    "per_minute": partial(_count, least=1),
    "per_domain": partial(_count, least=1),
    "currency": _text,
}
