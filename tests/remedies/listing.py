"""A provider that lists more than it was asked for here, or nothing at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from recalldesk.remedies.errors import ProviderSilent
from recalldesk.remedies.providers.interface import Effect
from tests.remedies.scripted import ScriptedProvider


@dataclass
class Listing(ScriptedProvider):
    """`more`: what it did elsewhere; `is_silent`: it does not say what it did."""

    more: tuple[Effect, ...] = ()
    is_silent: bool = False

    def effects(self, since: datetime) -> Iterator[Effect]:
        """All that it did, and did elsewhere."""
        if self.is_silent:
            raise ProviderSilent("timed out")
        yield from (*super().effects(since), *self.more)
