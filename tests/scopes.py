"""Scopes for tests and benchmarks, each with the whole set of its serials known; all made up."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.foundation.serial_pattern import expand
from recalldesk.units.index.build import write_listed
from recalldesk.units.index.listed import ListedTries
from recalldesk.units.verdict.known import KnownProduct, KnownVersion
from recalldesk.units.verdict.live_versions import all_at_once
from recalldesk.units.verdict.ranges import RangeSet, SerialRange
from recalldesk.units.verdict.rules import Decision, look
from recalldesk.units.verdict.scope import Described, Scope

A1263 = SerialForm(
    alphabet="0123456789ABCDEFGHJKLMNPQRSTUVWXYZ",
    shortest=16,
    longest=16,
    folding=(("I", "1"), ("O", "0")),
    look_alikes=("0ODQ", "1IL", "2Z", "5S", "6G", "8B"),
)
VIN = SerialForm(
    alphabet="0123456789ABCDEFGHJKLMNPRSTUVWXYZ",
    shortest=12,
    longest=17,
    folding=(("I", "1"), ("O", "0"), ("Q", "0")),
    look_alikes=("1IL", "2Z", "5S", "6G", "8B"),
)
SMALL = SerialForm(
    alphabet="01258BDLSZ",
    shortest=4,
    longest=6,
    folding=(("O", "0"),),
    look_alikes=("0OD", "1L", "2Z", "5S", "8B"),
)
"""A form so small that every text of it can be listed."""


@dataclass(frozen=True)
class Example:
    """A version with one scope, and how to draw affected serials from it."""

    name: str
    version: KnownVersion
    form: SerialForm
    affected: tuple[str, ...]


def product_of(form: SerialForm) -> KnownProduct:
    """A product with this form and nothing else of note."""
    return KnownProduct(
        key="made-up",
        model="M1",
        also_called=("MADEUP", "M1"),
        name={"en": "Made-up M1"},
        prefix="SN",
        form=form,
        made=None,
        not_the_serial=(),
    )


def version_of(scope: Scope, form: SerialForm) -> KnownVersion:
    """A version of one scope and one product."""
    return KnownVersion("made-up", 1, (scope,), (product_of(form),))


def nothing(form: SerialForm) -> Described:
    """No ranges, no patterns."""
    return Described(RangeSet((), form))


def listed_scope(serials: Iterable[str], form: SerialForm, folder: Path) -> Scope:
    """A scope of listed serials, with its tries in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    lengths = write_listed(folder, serials, form)
    tries = ListedTries(folder, form=form, lengths=frozenset(lengths)) if lengths else None
    return Scope(form, tries, nothing(form), nothing(form))


def ranged_scope(ranges: Iterable[SerialRange], form: SerialForm) -> Scope:
    """A scope of ranges."""
    return Scope(form, None, Described(RangeSet(ranges, form)), nothing(form))


def patterned_scope(pattern: str, form: SerialForm) -> Scope:
    """A scope of one pattern."""
    places = expand(pattern, alphabet=form.alphabet, shortest=form.shortest, longest=form.longest)
    return Scope(form, None, Described(RangeSet((), form), places), nothing(form))


def every_text(form: SerialForm, length: int) -> Iterator[str]:
    """All texts of a form's alphabet; only for a small form."""
    return ("".join(characters) for characters in product(form.alphabet, repeat=length))


def confusable(form: SerialForm) -> dict[str, str]:
    """For each character, all that people may write for it, folded characters too."""
    raw: dict[str, set[str]] = {character: {character} for character in form.alphabet}
    for members in form.look_alikes:
        for character in members:
            raw.setdefault(form.fold(character), set()).update(members)
    return {character: "".join(sorted(others)) for character, others in raw.items()}


ANY_TYPED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def mistyped(serial: str, form: SerialForm, draw: random.Random, *, slips: int = 1) -> str:
    """The serial as a person may type it: any confusions, and so many slips."""
    others = confusable(form)
    share = draw.choice((0.0, 0.15, 0.5, 1.0))
    typed = [
        draw.choice(others[character]) if draw.random() < share else character
        for character in serial
    ]
    for _ in range(slips):
        slip(typed, draw)
    return "".join(typed)


def slip(typed: list[str], draw: random.Random) -> None:
    """One character replaced, missing, too many, or two neighbours swapped."""
    place = draw.randrange(len(typed))
    match draw.randrange(4):
        case 0:
            typed[place] = draw.choice(ANY_TYPED)
        case 1:
            del typed[place]
        case 2:
            typed.insert(place, draw.choice(ANY_TYPED))
        case _ if place + 1 < len(typed):
            typed[place], typed[place + 1] = typed[place + 1], typed[place]


def first_look(
    *, text: str, models: Sequence[str] = (), versions: Sequence[KnownVersion]
) -> Decision:
    """The verdict on a text by these versions alone, with nothing remembered."""
    return look(text=text, models=models, live=all_at_once(versions))
