"""What is recalled: products, how they look, and what their serials look like."""

import string
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import Field

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.foundation.serial_pattern import PatternError, Places, expand, matches
from recalldesk.foundation.trade_number import DIGITS, gtin_14, wrong_in
from recalldesk.recalls.document.parts import (
    Count,
    Country,
    Key,
    Line,
    MaybeLine,
    Money,
    Part,
    Problem,
    Rule,
    Text,
    Window,
)

Character = Annotated[str, Field(pattern=r"^[0-9A-Z]$")]


class Shape(StrEnum):
    """The outlines that can be drawn."""

    POWER_BANK = "power_bank"
    SLIM_POWER_BANK = "slim_power_bank"
    SPEAKER = "speaker"
    PUCK = "puck"
    VEHICLE = "vehicle"
    BOX = "box"


class Drawing(Part):
    """From what the pictures of a product are drawn."""

    shape: Shape
    engraved: MaybeLine = ""
    label_lines: tuple[Line, ...] = ()


class Photograph(Part):
    """A picture of the product. Its caption says what it shows, for who cannot see it too."""

    file: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.(?i:jpg|jpeg|png|webp|heic|heif)$")
    ]
    caption: Text
    shows_serial: bool = False


class Variant(Part):
    """One look of a product, as an owner would name it."""

    key: Key
    name: Text
    colour: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


class Identifier(Part):
    """What a sales channel calls the product."""

    channel: Line
    kind: Annotated[str, Field(pattern=r"^(asin|sku|upc|ean|gtin|item_number|title)$")]
    value: Line

    def _check_digit(self) -> Iterator[Problem]:
        wrong = wrong_in(self.kind, self.value)
        if wrong:
            yield ("value",), wrong

    rules = (Rule(_check_digit, ("kind", "value")),)

    @property
    def gtin(self) -> str:
        """The number that its bar code holds, as fourteen digits; nothing for other kinds."""
        return gtin_14(self.value) if self.kind in DIGITS else ""


class Made(Window):
    """When it was made, and where."""

    countries: tuple[Country, ...] = ()


class Sold(Window):
    """When, where and at what price it was sold."""

    channels: tuple[Line, ...] = Field(min_length=1)
    countries: tuple[Country, ...] = Field(min_length=1)
    region: Text | None = None
    price: Money | None = None
    price_is_about: bool = False


def _lengths_problems(shortest: int, longest: int) -> Iterator[Problem]:
    if longest < shortest:
        yield ("longest",), f"longest is {longest}, less than shortest, {shortest}"


class OtherForm(Part):
    """A text that owners take for the serial: the box's bar code, an order number."""

    name: Text
    pattern: Line
    alphabet: Annotated[str, Field(pattern=r"^[0-9A-Z]+$")] = string.digits + string.ascii_uppercase
    shortest: Count = Field(ge=1, le=40)
    longest: Count = Field(ge=1, le=40)

    def _lengths(self) -> Iterator[Problem]:
        yield from _lengths_problems(self.shortest, self.longest)

    def _readable(self) -> Iterator[Problem]:
        if self.longest < self.shortest:
            return
        try:
            _ = self.places
        except PatternError as error:
            yield ("pattern",), str(error)

    rules = (
        Rule(_lengths, ("shortest", "longest")),
        Rule(_readable, ("pattern", "alphabet", "shortest", "longest")),
    )

    @cached_property
    def places(self) -> tuple[Places, ...]:
        """The pattern for each length that it can have."""
        return expand(
            self.pattern, alphabet=self.alphabet, shortest=self.shortest, longest=self.longest
        )

    def fits(self, normalised: str) -> bool:
        """Whether a normalised text is of this form."""
        return any(matches(places, normalised) for places in self.places)


class Serial(Part):
    """Where the serial stands and what it looks like."""

    where: Text
    prefix: MaybeLine = ""
    alphabet: Annotated[str, Field(pattern=r"^[0-9A-Z]+$")]
    shortest: Count = Field(ge=4, le=40)
    longest: Count = Field(ge=4, le=40)
    folding: dict[Character, Character] = Field(default_factory=dict)
    look_alikes: tuple[Annotated[str, Field(pattern=r"^[0-9A-Z]{2,}$")], ...] = ()
    shapes: tuple[Line, ...] = ()
    not_the_serial: tuple[OtherForm, ...] = ()

    def _lengths(self) -> Iterator[Problem]:
        yield from _lengths_problems(self.shortest, self.longest)

    def _alphabet(self) -> Iterator[Problem]:
        if list(self.alphabet) != sorted(set(self.alphabet)):
            yield ("alphabet",), "must name each character once, digits before letters, A to Z"

    def _folding(self) -> Iterator[Problem]:
        for typed, meant in self.folding.items():
            if typed in self.alphabet or meant not in self.alphabet:
                rule = f"{typed} must not be in the alphabet, {meant} must"
                yield ("folding", typed), f"folding {typed} to {meant}: {rule}"

    def _classes(self) -> Iterator[Problem]:
        everything = "".join(self.look_alikes)
        if len(everything) != len(set(everything)):
            yield ("look_alikes",), "must not name a character twice"

    def _classes_folded(self) -> Iterator[Problem]:
        folded = [{self.folding.get(c, c) for c in members} for members in self.look_alikes]
        joined = "".join("".join(members) for members in folded)
        everything = "".join(self.look_alikes)
        apart = len(everything) == len(set(everything))
        if apart and len(joined) != len(set(joined)):
            yield (
                ("look_alikes",),
                "folding joins two classes of look_alikes: write them as one class",
            )

    def _shapes(self) -> Iterator[Problem]:
        if self.longest < self.shortest:
            return
        for place, shape in enumerate(self.shapes):
            try:
                self.expand(shape)
            except PatternError as error:
                yield ("shapes", place), str(error)

    rules = (
        Rule(_lengths, ("shortest", "longest")),
        Rule(_alphabet, ("alphabet",)),
        Rule(_folding, ("alphabet", "folding")),
        Rule(_classes, ("look_alikes",)),
        Rule(_classes_folded, ("look_alikes", "folding")),
        Rule(_shapes, ("alphabet", "shortest", "longest", "shapes")),
    )

    @cached_property
    def form(self) -> SerialForm:
        """The same as the engine's value."""
        return SerialForm(
            alphabet=self.alphabet,
            shortest=self.shortest,
            longest=self.longest,
            folding=tuple(sorted(self.folding.items())),
            look_alikes=tuple(sorted(self.look_alikes)),
            shapes=tuple(places for shape in self.shapes for places in self.expand(shape)),
        )

    def expand(self, pattern: str) -> tuple[Places, ...]:
        """A pattern over this alphabet, for every length it can have. Raises PatternError."""
        return expand(pattern, alphabet=self.alphabet, shortest=self.shortest, longest=self.longest)


class Product(Part):
    """One model."""

    key: Key
    model: Line
    names: tuple[Line, ...] = Field(min_length=1)
    also_searched_as: tuple[Line, ...] = ()
    kind: Text
    description: Text
    variants: tuple[Variant, ...] = Field(min_length=1)
    identifiers: tuple[Identifier, ...] = ()
    photographs: tuple[Photograph, ...] = ()
    made: Made | None = None
    sold: Sold
    serial: Serial
    drawing: Drawing

    def _pictures_once(self) -> Iterator[Problem]:
        """Names that differ in capitals only would stand for the same file."""
        seen: set[str] = set()
        for place, photograph in enumerate(self.photographs):
            if photograph.file.casefold() in seen:
                yield ("photographs", place, "file"), f"names {photograph.file} a second time"
            seen.add(photograph.file.casefold())

    rules = (Rule(_pictures_once, ("photographs",)),)

    @property
    def gtins(self) -> frozenset[str]:
        """The numbers of its bar codes, each as fourteen digits."""
        return frozenset(entry.gtin for entry in self.identifiers if entry.gtin)
