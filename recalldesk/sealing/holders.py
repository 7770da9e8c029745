"""Who holds sealed values. Packages above this one say what they hold; rotation asks all of them.

Fields of tables are found by the register (`tables.py`). Whoever keeps sealed values elsewhere,
such as in files, registers a holder in the `ready` of its AppConfig.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Batch:
    """What became of some values: how many were sealed anew, or were changed or gone meanwhile.

    `unopened` names those that no key opens or that are missing, `unreached` those that could not
    be read or written now: by place and number, never by what they hold.
    """

    resealed: int = 0
    changed: int = 0
    unopened: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()


class Holder(Protocol):
    """Something that holds sealed values, such as the store of a package's files."""

    @property
    def name(self) -> str:
        """As the command shows it, in the plural where it can be."""

    def count(self) -> Counter[str]:
        """How many values name each data key (`vault.data_ring(scope).keys` holds the names).

        Those of which it cannot be known count under "".
        """

    def reseal(self, newest: Collection[str]) -> Iterator[Batch]:
        """Seals anew whatever names none of these data keys, under `vault.data_ring(scope)`.

        A value that another program changes meanwhile is never written over; one that cannot be
        opened or reached stays as it is and stops no other. May be broken off between any two
        lines and run again.
        """


_registered: dict[str, Holder] = {}


def register_holder(holder: Holder) -> None:
    """Adds a holder to what rotation reaches. Raises ValueError where the name is taken."""
    if holder.name in _registered:
        raise ValueError(f"{holder.name} is registered already")
    _registered[holder.name] = holder


def registered_holders() -> tuple[Holder, ...]:
    """What packages above have registered, by name."""
    return tuple(_registered[name] for name in sorted(_registered))
