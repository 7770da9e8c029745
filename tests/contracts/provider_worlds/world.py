"""What a provider's world must offer to the suite that all providers pass.

A world is whoever stands at the other end (a service, a warehouse, a bank, a pool of codes), with
a count of its own of what it did: what the suite compares with what the provider says.
"""

from dataclasses import dataclass, field, replace
from typing import Protocol

from recalldesk.remedies.providers.interface import Provider, Wanted
from tests.remedies.ids import made_up_id
from tests.remedies.scripted import Killed

__all__ = ["KeptNotebook", "World", "made_up_id"]


class World(Protocol):
    """One provider's world, empty at the start of each test."""

    @property
    def provider(self) -> Provider:
        """The provider, as an installation has it; made anew each time, as after a restart."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """Keys, codes and links that may stand in no line and no answer. Asked at the end."""

    def wanted(self, number: int = 1) -> Wanted:
        """A made-up order, by its number: the same for the same number, with what rows it needs."""

    def effects_of(self, wanted: Wanted) -> int:
        """How often the other end did it: cards, parcels bought, payments, codes given out."""

    def bounce(self, wanted: Wanted) -> bool:
        """Has what was placed reach nobody, so that it can be sent again; False where this
        provider knows no such thing."""


@dataclass
class KeptNotebook:
    """A notebook that outlives its worker, who may be killed at one of its calls.

    `dies_at` counts calls from 0; with `dies_before` the line is not kept any more.
    """

    reference: str = ""
    lines: list[str] = field(default_factory=list)
    dies_at: int | None = None
    dies_before: bool = False
    calls: int = 0

    def remember(self, reference: str) -> None:
        if not self._dies_before():
            self.reference = reference
        self._die_after()

    def sent(self, text: str) -> None:
        self._line(text)

    def answered(self, text: str) -> None:
        self._line(text)

    def _line(self, text: str) -> None:
        if not self._dies_before():
            self.lines.append(text)
        self._die_after()

    def _dies_before(self) -> bool:
        if self.calls == self.dies_at and self.dies_before:
            raise Killed
        return False

    def _die_after(self) -> None:
        self.calls += 1
        if self.calls - 1 == self.dies_at:
            raise Killed

    def asked_again(self, wanted: Wanted) -> Wanted:
        """The same order, as a later attempt asks for it."""
        return replace(wanted, reference=self.reference or wanted.reference)
