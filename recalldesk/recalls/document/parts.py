"""Small values that every part of a recall file uses: texts per language, money, dates, keys."""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

Path = tuple[str | int, ...]
Problem = tuple[Path, str]

LANGUAGES = ("en", "es")
SPOKEN = " and ".join(LANGUAGES)
KEY_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
OF_THE_DESK = frozenset({"new"})
"""Names that no recall can have: they stand in its place in addresses of the desk."""
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


WITHOUT_RULES: Mapping[str, bool] = {"without_rules": True}
"""The context of a validation that looks at each field by itself."""


@dataclass(frozen=True)
class Rule:
    """What must hold between fields.

    `reads` names them from the part on, `*` for each entry: who reads a file whose other fields
    cannot be read still runs the rules that do not need these.
    """

    check: Callable[[Any], Iterator[Problem]]
    reads: tuple[str, ...]


class Part(BaseModel):
    """A part of the file. Unknown fields are refused, so that a slip is seen."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
    rules: ClassVar[tuple[Rule, ...]] = ()

    @model_validator(mode="after")
    def _keeps_its_rules(self, validation: ValidationInfo) -> Self:
        """Refuses a part whose fields contradict each other, with every contradiction."""
        if validation.context is WITHOUT_RULES:
            return self
        found = [problem for rule in self.rules for problem in rule.check(self)]
        if found:
            raise ValidationError.from_exception_data(type(self).__name__, as_details(found))
        return self


def as_details(found: list[Problem]) -> list[InitErrorDetails]:
    """Problems between fields, in the form in which pydantic reports its own."""
    return [
        InitErrorDetails(
            type=PydanticCustomError("recall_file", "{message}", {"message": message}),
            loc=path,
            input=None,
        )
        for path, message in found
    ]


def _printable(text: str) -> str:
    found = UNPRINTABLE.search(text)
    if found:
        raise ValueError(f"holds the invisible character U+{ord(found[0]):04X}: take it out")
    return text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be blank")
    return text


def _known_language(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"names the language {language!r}; the languages are {SPOKEN}")
    return language


def _known_languages(texts: dict[str, str]) -> dict[str, str]:
    unknown = ", ".join(repr(language) for language in sorted(set(texts) - set(LANGUAGES)))
    if unknown:
        raise ValueError(f"has a text in {unknown}; the languages are {SPOKEN}")
    if not texts:
        raise ValueError("needs a text in at least one language")
    return texts


def _no_timestamp(value: object) -> object:
    """A bare number would be read as seconds since 1970, which nobody means."""
    if isinstance(value, int | float):
        raise PydanticCustomError("day", "must be a day such as 2025-06-12")
    return value


def _no_truth(value: object) -> object:
    """true and false are whole numbers to Python, but not to a reader."""
    if isinstance(value, bool):
        raise PydanticCustomError("count", "must be a whole number")
    return value


MaybeLine = Annotated[str, AfterValidator(_printable)]
"""A text that may be empty."""
Line = Annotated[str, AfterValidator(_printable), AfterValidator(_not_blank)]
Day = Annotated[datetime.date, BeforeValidator(_no_timestamp)]
Count = Annotated[int, BeforeValidator(_no_truth)]
Language = Annotated[str, AfterValidator(_known_language)]
Key = Annotated[str, Field(pattern=KEY_PATTERN, max_length=60)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Text = Annotated[dict[str, Line], AfterValidator(_known_languages)]
"""A text per language, by language code. Figures stand in it as {name}."""


def _exact(value: object) -> object:
    """Money written as a TOML float would carry a rounding error; its text does not."""
    return str(value) if isinstance(value, float) else value


class Money(Part):
    """An amount of a currency (ISO 4217)."""

    amount: Annotated[Decimal, BeforeValidator(_exact), Field(ge=0, decimal_places=2)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Window(Part):
    """From one day to another, both included; `until` may be open."""

    since: Day
    until: Day | None = None

    def _in_order(self) -> Iterator[Problem]:
        if self.until is not None and self.until < self.since:
            yield ("until",), f"is {self.until}, before it begins on {self.since}"

    rules = (Rule(_in_order, ("since", "until")),)


class Counts(StrEnum):
    """What of the incidents a figure counts. `incidents/tally/` says each exactly."""

    REPORTS = "reports"
    INCIDENTS = "incidents"
    FIRES_AND_EXPLOSIONS = "fires_and_explosions"
    INJURIES = "injuries"
    INJURIES_UNTREATED = "injuries_untreated"
    INJURIES_TREATED = "injuries_treated"
    DEATHS = "deaths"
    PROPERTY_REPORTS = "property_reports"
    DAMAGE = "damage"


class Figure(Part):
    """A number that texts may name, with where it was published; where it counts incidents, what of
    them it counts."""

    value: Annotated[Decimal | Count, BeforeValidator(_exact)]
    source: Line
    as_of: Day | None = None
    counts: Counts | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None

    def _with_its_currency(self) -> Iterator[Problem]:
        if self.counts is Counts.DAMAGE and self.currency is None:
            yield ("currency",), "is missing: damage is counted in each currency apart"
        elif self.counts is not Counts.DAMAGE and self.currency is not None:
            yield ("currency",), "is of damage only: leave it out"

    def _whole(self) -> Iterator[Problem]:
        if self.counts not in (None, Counts.DAMAGE) and self.value != int(self.value):
            yield ("value",), "is no whole number, but counts people or reports"

    rules = (
        Rule(_with_its_currency, ("counts", "currency")),
        Rule(_whole, ("counts", "value")),
    )
