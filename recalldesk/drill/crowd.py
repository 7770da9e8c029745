"""All made-up owners come: so many at once, one after the other, over HTTP."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from recalldesk.drill.at_pages import Asked, OwnerAtPages, Went
from recalldesk.drill.owners import Kind, MadeUpOwner

AT_ONCE = 4


@dataclass(frozen=True)
class Came:
    """How it went for all of them, and in how many seconds."""

    went: tuple[Went, ...]
    seconds: float


class Crowd:
    """Owners of one recall. `models`: by product, as labels say them."""

    def __init__(
        self, site: str, asked: Asked, models: Mapping[str, str], told: Callable[[int], None]
    ) -> None:
        self._site, self._asked, self._models, self._told = site, asked, models, told
        self._lock = threading.Lock()
        self._done = 0

    def come(self, owners: Sequence[MadeUpOwner]) -> Came:
        """Everybody; whoever claims a unit of another comes after them."""
        began = time.monotonic()
        first = [each for each in owners if each.kind is not Kind.SECOND_CLAIM]
        later = [each for each in owners if each.kind is Kind.SECOND_CLAIM]
        went = [*self._all(first), *self._all(later)]
        return Came(tuple(went), time.monotonic() - began)

    def _all(self, owners: Sequence[MadeUpOwner]) -> list[Went]:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            futures = [pool.submit(self._one, each) for each in owners]
            return [future.result() for future in as_completed(futures)]

    def _one(self, owner: MadeUpOwner) -> Went:
        model = self._models[owner.product]
        went = OwnerAtPages(self._site, self._asked, model, owner).go()
        with self._lock:
            self._done += 1
            self._told(self._done)
        return went
