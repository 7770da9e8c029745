"""A wave as somebody writes it into a file (TOML), with the words beside it or in it.

Guarantee: a file is taken whole or refused in words; nothing in it is left out quietly.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeVar

from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.models.wave import PER_DOMAIN, PER_MINUTE
from recalldesk.outreach.states import WaveKind, Way
from recalldesk.outreach.waves.errors import WaveRefused

Word = TypeVar("Word", bound=Enum)
FIELDS = frozenset(
    {
        *("name", "kind", "ways", "audience", "silent_days", "starts_at", "per_minute"),
        *("per_domain", "costs", "currency", "texts"),
    }
)
MOST = 10_000_000


@dataclass(frozen=True)
class WrittenText:
    """Words in one way and language."""

    way: Way
    language: str
    subject: str
    body: str


@dataclass(frozen=True)
class WrittenWave:
    """What a file says. `silent_days`: None where it does not say."""

    name: str
    kind: WaveKind
    ways: tuple[Way, ...]
    audience: Audience
    silent_days: int | None = None
    starts_at: datetime | None = None
    per_minute: int = PER_MINUTE
    per_domain: int = PER_DOMAIN
    costs: Mapping[Way, Decimal] = field(default_factory=dict)
    currency: str = ""
    texts: tuple[WrittenText, ...] = ()


def read_wave(text: str, *, file_named: Callable[[str], str]) -> WrittenWave:
    """The wave of a file. `file_named`: gives the text of a file that it names beside it.

    Raises WaveRefused, AudienceRefused, and what `file_named` raises.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WaveRefused(f"The file is no TOML: {error}.", "docs/waves.md shows one.") from None
    if unknown := sorted(set(said) - FIELDS):
        raise WaveRefused(f"A wave has no {unknown[0]!r}.", f"It has {', '.join(sorted(FIELDS))}.")
    kind = _word(WaveKind, said.get("kind", "first"), "kind")
    return WrittenWave(
        name=_text(said, "name"),
        kind=kind,
        ways=_ways(said.get("ways", ["email"])),
        audience=Audience.from_stored(said.get("audience", {})),
        silent_days=_count(said, "silent_days", None),
        starts_at=_moment(said),
        per_minute=_count(said, "per_minute", PER_MINUTE, least=1),
        per_domain=_count(said, "per_domain", PER_DOMAIN, least=1),
        costs=_costs(said.get("costs", {})),
        currency=_text(said, "currency"),
        texts=_texts(said.get("texts", {}), file_named),
    )


def _ways(value: object) -> tuple[Way, ...]:
    if not isinstance(value, list) or not value:
        raise WaveRefused("`ways` is no list.", 'Write it as ["email", "sms"].')
    return tuple(_word(Way, each, "ways") for each in value)


def _costs(said: object) -> dict[Way, Decimal]:
    prices = {}
    for name, price in _table(said, "costs").items():
        way = _word(Way, name, "costs")
        try:
            prices[way] = Decimal(str(price))
        except InvalidOperation:
            raise WaveRefused(f"The cost of {name} is no number.", 'Write "0.75".') from None
        if not prices[way].is_finite() or prices[way] < 0:
            raise WaveRefused(f"The cost of {name} is no price.", 'Write "0.75".')
    return prices


def _texts(said: object, file_named: Callable[[str], str]) -> tuple[WrittenText, ...]:
    found = []
    for name, languages in _table(said, "texts").items():
        way = _word(Way, name, "texts")
        for language, words in _table(languages, f"texts.{name}").items():
            where = f"texts.{name}.{language}"
            table = _table(words, where)
            if unknown := sorted(set(table) - {"subject", "body", "file"}):
                raise WaveRefused(
                    f"{where} has no {unknown[0]!r}.", "It has subject, and body or file."
                )
            if ("body" in table) == ("file" in table):
                raise WaveRefused(
                    f"{where} needs either a body or a file.", "Write one of the two."
                )
            body = _text(table, "body") if "body" in table else file_named(_text(table, "file"))
            found.append(WrittenText(way, language, _text(table, "subject"), body))
    return tuple(found)


def _moment(said: Mapping[str, Any]) -> datetime | None:
    at = said.get("starts_at")
    if at is None:
        return None
    if not isinstance(at, datetime) or at.tzinfo is None:
        raise WaveRefused(
            "`starts_at` is no moment with its time zone.", "Write 2025-03-31T09:00:00-05:00."
        )
    return at


def _count(said: Mapping[str, Any], name: str, usual: Any, *, least: int = 0) -> Any:
    value = said.get(name, usual)
    if value is usual:
        return usual
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MOST:
        raise WaveRefused(f"`{name}` is no number that can be meant.", f"Write {least} or more.")
    return value


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name, "")
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
