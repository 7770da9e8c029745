"""The world of the scripted provider: that the suite itself can be passed."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from recalldesk.recalls.document.remedy import RemedyKind
from recalldesk.remedies.providers.interface import Found, Standing, Wanted
from tests.contracts.provider_worlds.world import made_up_id
from tests.remedies.ordered import OWNER
from tests.remedies.scripted import ScriptedProvider


@dataclass
class ScriptedWorld:
    """Its provider is its own other end."""

    provider: ScriptedProvider = field(default_factory=ScriptedProvider)
    secrets: tuple[str, ...] = ("made-up-secret",)

    def wanted(self, number: int = 1) -> Wanted:
        return Wanted(
            id=made_up_id(number),
            recall="kettle-k20",
            remedy_key="card",
            kind=RemedyKind.GIFT_CARD,
            recipient=OWNER,
            amount=Decimal("30.00"),
            currency="USD",
        )

    def effects_of(self, wanted: Wanted) -> int:
        return Counter(self.provider.done.keys())[wanted.id]

    def bounce(self, wanted: Wanted) -> bool:
        reference = self.provider.done[wanted.id].reference
        self.provider.done[wanted.id] = Found(reference, Standing.BOUNCED, "FAILED")
        return True


@contextmanager
def scripted_world(request: pytest.FixtureRequest) -> Iterator[ScriptedWorld]:
    """One of its own for each test."""
    yield ScriptedWorld()
