"""The worlds of the warehouse and of the bank: what was listed is frozen, handed out and done by
made-up ones that count every line of every file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import Settings

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.demo.providers.bank import Bank
from recalldesk.demo.providers.ledger import lines_of
from recalldesk.demo.providers.papers import Trays
from recalldesk.demo.providers.warehouse import Warehouse
from recalldesk.remedies.batches.freezing import freeze
from recalldesk.remedies.batches.handing_out import hand_out
from recalldesk.remedies.batches.marks import read_mark
from recalldesk.remedies.batches.states import BatchKind, BatchState
from recalldesk.remedies.models import Batch, BatchLine
from recalldesk.remedies.providers.interface import Provider, Wanted
from recalldesk.remedies.providers.registry import provider_named
from tests.remedies.files.listed import IBAN, PAYEES, bank_is_set, wanted

READ = {BatchKind.PICK_LIST: "csv", BatchKind.IBAN: "xml", BatchKind.US_ACCOUNT: "ach"}


@dataclass
class FileWorld:
    """`payee` is the kind of account that refunds go to; "" for parcels."""

    folder: Path
    payee: str = ""
    secrets: tuple[str, ...] = (
        IBAN,
        *(v for p in PAYEES.values() for v in p.values() if len(v) > 8),
    )

    @property
    def provider(self) -> Provider:
        return provider_named("refund" if self.payee else "dispatch")

    def wanted(self, number: int = 1) -> Wanted:
        return wanted(number, payee=self.payee)

    def effects_of(self, wanted: Wanted) -> int:
        """Freezes what there is, and has it done."""
        trays, ledger = Trays.below(self.folder / "desk"), self.folder / "ledger"
        for batch in Batch.objects.filter(state=BatchState.OPEN):
            if freeze(number=batch.pk, by=_manager()):
                form = READ[BatchKind(batch.kind)]
                handed = hand_out(number=batch.pk, form=form, by=_manager())
                (trays.incoming / handed.name).write_bytes(handed.content)
        works = Bank(trays, ledger) if self.payee else Warehouse(trays, ledger)
        works.work()
        done = [read_mark(str(line["mark"])) for line in lines_of(ledger)]
        line = BatchLine.objects.filter(order__remedy_id=wanted.id).first()
        return done.count(line.mark) if line else 0

    def bounce(self, wanted: Wanted) -> bool:
        """What comes back is granted anew, under another order."""
        return False


def _manager() -> Staff:
    person, _ = Staff.objects.get_or_create(
        email="hands-out@desk.example", defaults={"name": "Max", "role": Role.RECALL_MANAGER}
    )
    return person


@contextmanager
def _opened(request: pytest.FixtureRequest, payee: str) -> Iterator[FileWorld]:
    folder: Path = request.getfixturevalue("tmp_path")
    settings: Settings = request.getfixturevalue("settings")
    settings.JOURNAL_FOLDER = folder / "journal"
    bank_is_set(settings)
    yield FileWorld(folder, payee)


@contextmanager
def dispatch_world(request: pytest.FixtureRequest) -> Iterator[FileWorld]:
    """The warehouse's."""
    with _opened(request, "") as world:
        yield world


@contextmanager
def refund_world(request: pytest.FixtureRequest) -> Iterator[FileWorld]:
    """The bank's, by transfers to IBANs."""
    with _opened(request, "iban") as world:
        yield world
