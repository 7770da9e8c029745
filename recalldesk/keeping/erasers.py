"""Who erases what: packages above this one say in the `ready` of their AppConfig which rows of
theirs are old enough, and how they are emptied.

Guarantee: what is listed here is what the pages and `recalldesk keeping due` count.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.states import Why

A_BATCH = 200


@dataclass(frozen=True)
class Eraser:
    """One kind of rows. `due`: those old enough at a moment, held or not; `held`: those of them
    that a hold keeps; `recall`, `country`: their columns, empty where they have none.

    `erase`: empties these rows in a transaction of its own and returns how many; it asks again
    whether each is due and held. None where a job of their package does it. `at_once`: how many it
    is given.
    """

    name: str
    kind: Kind
    due: Callable[[datetime], QuerySet[Any]]
    held: Callable[[], Q]
    recall: str = "recall_id"
    country: str = ""
    erase: Callable[[Sequence[int], Why], int] | None = None
    at_once: int = 1

    def waiting(self, at: datetime) -> QuerySet[Any]:
        """Those that are erased at that moment: old enough, and kept by no hold."""
        return self.due(at).exclude(self.held())


_registered: dict[str, Eraser] = {}


def register_eraser(eraser: Eraser) -> None:
    """Adds one. Raises ValueError where the name is taken."""
    if eraser.name in _registered:
        raise ValueError(f"{eraser.name} is registered already")
    _registered[eraser.name] = eraser


def registered_erasers() -> tuple[Eraser, ...]:
    """All of them, in the order of their kinds."""
    order = list(Kind)
    return tuple(sorted(_registered.values(), key=lambda each: (order.index(each.kind), each.name)))
