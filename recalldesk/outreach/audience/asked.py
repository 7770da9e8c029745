"""Whom a wave is for, as somebody writes it.

Guarantee: what is stored is read back as it was, or refused in words; nothing is left out quietly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from typing import Any, Self, TypeVar

from recalldesk.outreach.audience.errors import AudienceRefused
from recalldesk.purchasers.states import Channel, Strength
from recalldesk.recalls.document import Document

CODE = 2
Word = TypeVar("Word", bound=Enum)


@dataclass(frozen=True)
class Audience:
    """Purchases of a recall: in these countries, by these channels, of these products (their keys
    in the recall file: the risk group), ordered in these days, both included. Empty or None:
    whatever it is. `strength`: of one kind only, since its words are others: who has perhaps bought
    an affected unit is told so in a wave of its own."""

    countries: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    products: tuple[str, ...] = ()
    ordered_from: date | None = None
    ordered_until: date | None = None
    strength: Strength = Strength.STRONG

    def __post_init__(self) -> None:
        """Raises AudienceRefused."""
        for country in self.countries:
            if not (len(country) == CODE and country.isascii() and country.isupper()):
                raise AudienceRefused(
                    f"{country!r} is no country.", "Write its code of two letters, as US."
                )
        if self.ordered_from and self.ordered_until and self.ordered_from > self.ordered_until:
            raise AudienceRefused(
                "The first day of the orders is after the last.", "Change one of them."
            )

    @classmethod
    def from_stored(cls, stored: object) -> Self:
        """As `stored` wrote it, or somebody by hand. Raises AudienceRefused."""
        if not isinstance(stored, Mapping):
            raise AudienceRefused("Whom the wave is for cannot be read.", "Write it as a table.")
        if unknown := sorted(set(stored) - {each.name for each in fields(cls)}):
            raise AudienceRefused(
                f"There is no {unknown[0]!r} by which a wave can be narrowed.",
                f"There are {', '.join(each.name for each in fields(cls))}.",
            )
        return cls(
            countries=tuple(_texts(stored, "countries")),
            channels=tuple(_word(Channel, each) for each in _texts(stored, "channels")),
            products=tuple(_texts(stored, "products")),
            ordered_from=_day(stored, "ordered_from"),
            ordered_until=_day(stored, "ordered_until"),
            strength=_word(Strength, stored.get("strength", Strength.STRONG)),
        )

    def stored(self) -> dict[str, Any]:
        """As JSON; without what narrows nothing."""
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: _plain(value) for name, value in said.items() if value}

    def refuse_unless_of(self, document: Document) -> None:
        """Raises AudienceRefused where it names what the recall does not have."""
        for product in self.products:
            if product not in document.product_by_key:
                raise AudienceRefused(
                    f"The recall has no product {product!r}.",
                    f"It has {', '.join(document.product_by_key)}.",
                )


def _texts(stored: Mapping[str, Any], name: str) -> Iterable[str]:
    values = stored.get(name, ())
    if not isinstance(values, list | tuple) or not all(isinstance(each, str) for each in values):
        raise AudienceRefused(f"{name} is no list of words.", 'Write it as ["one", "two"].')
    return dict.fromkeys(values)


def _word(words: type[Word], value: object) -> Word:
    try:
        return words(value)
    except ValueError:
        raise AudienceRefused(
            f"{value!r} is none of what can be meant.",
            f"Write one of {', '.join(str(each.value) for each in words)}.",
        ) from None


def _day(stored: Mapping[str, Any], name: str) -> date | None:
    value = stored.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise AudienceRefused(f"{name} is no day.", "Write it as 2025-03-31.") from None


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
