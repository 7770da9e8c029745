"""The things that a hold may name, or that may be erased before their day: packages above this one
say in the `ready` of their AppConfig how theirs are found, and what belongs to them.

Guarantee: a thing is known outside the database by a keyed digest only.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from recalldesk.keeping.errors import NoSuchThing
from recalldesk.keeping.models import LegalHold
from recalldesk.keeping.states import Reached, Thing, Why
from recalldesk.sealing import vault

PURPOSE = "keeping.LegalHold.thing_id"
Ids = Collection[Any]


@dataclass(frozen=True)
class Found:
    """A thing that is there. `name`: what the firm calls it, which names nobody; `identity`: what
    no other thing of its kind ever is, also of the same number after a restore."""

    number: int
    name: str
    recall_id: int | None
    country: str
    identity: str


@dataclass(frozen=True)
class Preview:
    """What an erasure before its day takes, and what stays; nothing goes where nothing is left.
    `waits`: why it cannot be done now."""

    goes: tuple[str, ...]
    stays: tuple[str, ...]
    waits: str = ""


HELD = "A legal hold keeps it, until somebody lifts that."
"""Why something cannot be erased now."""


@dataclass(frozen=True)
class Named:
    """How things of one kind are found and erased. `find`: by what people write; `at`: by number;
    `erase`: in the caller's transaction, which holds `lock_erasing`, unless a hold names it or
    somebody still waits: then False. `hint`: what people write to name one."""

    find: Callable[[str], Found | None]
    at: Callable[[int], Found | None]
    preview: Callable[[int], Preview]
    erase: Callable[[int, Why], bool]
    hint: str


@dataclass
class _Registry:
    named: dict[Thing, Named] = field(default_factory=dict)
    reached: dict[Reached, list[Callable[[Mapping[Thing, Ids]], Ids]]] = field(default_factory=dict)


_known = _Registry()


def register_thing(thing: Thing, named: Named) -> None:
    """Says how things of a kind are found. Raises ValueError where it is said already."""
    if thing in _known.named:
        raise ValueError(f"{thing} is registered already")
    _known.named[thing] = named


def register_reach(reached: Reached, ids: Callable[[Mapping[Thing, Ids]], Ids]) -> None:
    """Says which rows belong to things that are held, by their numbers."""
    _known.reached.setdefault(reached, []).append(ids)


def ids_reached(reached: Reached, held: Mapping[Thing, Ids]) -> set[Any]:
    """The rows that belong to these things."""
    if not any(held.values()):
        return set()
    found = set(held.get(Thing(reached), ())) if reached.value in Thing.values else set()
    for ids in _known.reached.get(reached, ()):
        found.update(ids(held))
    return found


def known(thing: Thing) -> Named:
    """How things of a kind are found."""
    return _known.named[thing]


def thing_named(thing: Thing, text: str) -> Found:
    """The thing that somebody names. Raises NoSuchThing."""
    found = known(thing).find(text.strip())
    if found is None:
        raise NoSuchThing(f"There is no such {thing.label.lower()}.", known(thing).hint)
    return found


def thing_at(thing: Thing, number: int) -> Found | None:
    """The thing of a number, as it stands; None where it is gone."""
    return known(thing).at(number)


def name_of(hold: LegalHold) -> str:
    """What the firm calls the thing of a hold; its number where it is gone."""
    if not hold.thing or hold.thing_id is None:
        return ""
    found = thing_at(Thing(hold.thing), hold.thing_id)
    return found.name if found else f"number {hold.thing_id}"


def digest_of(found: Found) -> str:
    """By which a thing is known outside the database."""
    return vault.digest_for_lookup(found.identity, purpose=PURPOSE).hex()
