"""The world of the firm's own gift codes: a pool, and the journal that counts what left it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from recalldesk.remedies import journal
from recalldesk.remedies.models import GiftCode
from recalldesk.remedies.providers.codes import given
from recalldesk.remedies.providers.interface import Provider, Wanted
from recalldesk.remedies.providers.registry import provider_named
from tests.contracts.provider_worlds.world import made_up_id
from tests.remedies.pooled import pool_of, wanted

CODES = tuple(f"MADEUP{place:02}X{place * 7919:06}" for place in range(60))


class CodesWorld:
    """A pool of many codes."""

    secrets = (*CODES, "0042")

    @property
    def provider(self) -> Provider:
        return provider_named("codes")

    def wanted(self, number: int = 1) -> Wanted:
        return wanted(made_up_id(number))

    def effects_of(self, wanted: Wanted) -> int:
        lines = journal.lines(given.GIVEN)
        left = {line["code"] for line in lines if line["remedy"] == str(wanted.id)}
        rows = GiftCode.objects.filter(handed_to=wanted.id).values_list("digest", flat=True)
        return len(left | {bytes(digest).hex() for digest in rows})

    def bounce(self, wanted: Wanted) -> bool:
        return False


@contextmanager
def codes_world(request: pytest.FixtureRequest) -> Iterator[CodesWorld]:
    """With the journal of its own that every test has."""
    pool_of(*CODES)
    yield CodesWorld()
