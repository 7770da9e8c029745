"""Certificates: one of each, sealed, scanned, handed out to whoever may see them alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import DatabaseError, transaction

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Partner, Staff
from recalldesk.accounts.permissions import Role
from recalldesk.evidence.enclosures import scanning, shelf
from recalldesk.evidence.enclosures.errors import FileNotShown, FileProblem, FileRefused
from recalldesk.evidence.enclosures.holder import FilesOfShelf
from recalldesk.evidence.enclosures.states import FileState
from recalldesk.evidence.errors import ScannerAway
from recalldesk.evidence.scanners.interface import Scan
from recalldesk.evidence.states import ScanOutcome
from recalldesk.recalls.models import Recall
from recalldesk.sealing.rotation import rotate
from recalldesk.stock.certificates.scanning import certificate_bytes, scan_certificate
from recalldesk.stock.certificates.shelf import CERTIFICATES
from recalldesk.stock.certificates.taking import add_certificate, report_movement
from recalldesk.stock.models import StockFile, StockReport
from recalldesk.stock.reporting import StockSaid
from recalldesk.stock.states import Kind, Through
from recalldesk.takeover.leaving.leaving import leave
from tests.cast import Cast
from tests.stock.at_a_shop import in_days, says, shop

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nmade up\n%%EOF\n"


@dataclass(frozen=True)
class Saying:
    """A scanner that says the same of everything."""

    outcome: ScanOutcome
    name: str = "made up"

    def answers(self) -> bool:
        return True

    def scan(self, chunks: Iterable[bytes]) -> Scan:
        for _ in chunks:
            pass
        return Scan(self.outcome)


@pytest.fixture
def report(recall: Recall, market: Partner) -> StockReport:
    return says(recall, market, Kind.DESTROYED, 5, "one")


def add(report: StockReport, content: bytes = PDF) -> StockFile:
    pieces = [content[at : at + 7] for at in range(0, len(content), 7)]
    return add_certificate(report=report, chunks=pieces, by=report.partner, through=Through.PAGE)


def scanned(file: StockFile, outcome: ScanOutcome, patch: pytest.MonkeyPatch) -> StockFile:
    with patch.context() as patched:
        patched.setattr(scanning, "chosen_scanner", lambda: Saying(outcome))
        scan_certificate(file.pk)
    file.refresh_from_db()
    return file


def stored() -> list[str]:
    return sorted(CERTIFICATES.stored())


def test_the_same_file_of_a_report_is_one_and_leaves_nothing_else(report: StockReport) -> None:
    first = add(report)
    assert add(report).pk == first.pk
    assert stored() == [first.storage_key]
    with storages["photos"].open(CERTIFICATES.sealed_file(first.storage_key).name) as lying:
        assert b"made up" not in lying.read()


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b" %PDF-1.7", b"<svg xmlns=", b"\xff\xd8", b"0" * 10_000_001]
)
def test_what_is_refused_leaves_nothing(report: StockReport, content: bytes) -> None:
    with pytest.raises(FileRefused):
        add(report, content)
    assert not StockFile.objects.exists()
    assert stored() == []


def test_where_the_report_is_refused_its_file_goes(recall: Recall, market: Partner) -> None:
    with pytest.raises(Exception, match="no such day"):
        report_movement(
            recall=recall,
            partner=market,
            said=StockSaid(Kind.DESTROYED, 5, in_days(9)),
            chunks=[PDF],
            by=market,
            through=Through.PAGE,
            nonce="a-made-up-form",
        )
    assert stored() == []


def test_a_count_has_no_certificate(recall: Recall, market: Partner) -> None:
    row = says(recall, market, Kind.ON_HAND, 5, "one")
    with pytest.raises(Exception, match="no such row"):
        add(row)
    assert stored() == []


def test_ten_are_enough(report: StockReport) -> None:
    for number in range(10):
        add(report, PDF + bytes([number]))
    with pytest.raises(FileRefused) as refused:
        add(report, PDF + b"more")
    assert refused.value.kind is FileProblem.TOO_MANY
    assert len(stored()) == 10


def test_while_the_scanner_is_away_it_waits_and_is_handed_to_nobody(
    report: StockReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = add(report)
    for outcome in (ScanOutcome.PENDING, ScanOutcome.ERROR):
        with pytest.raises(ScannerAway):
            scanned(file, outcome, monkeypatch)
    with pytest.raises(FileNotShown):
        certificate_bytes(file=file, by=report.partner)
    assert scanned(file, ScanOutcome.CLEAN, monkeypatch).is_clean
    assert certificate_bytes(file=file, by=report.partner) == PDF


def test_what_does_harm_leaves_the_store_and_its_row_says_so(
    report: StockReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = scanned(add(report), ScanOutcome.INFECTED, monkeypatch)
    assert (file.state, file.storage_key, stored()) == (FileState.INFECTED, "", [])
    scanned(file, ScanOutcome.CLEAN, monkeypatch)
    with pytest.raises(FileNotShown):
        certificate_bytes(file=file, by=report.partner)
    with pytest.raises(DatabaseError), transaction.atomic():
        StockFile.objects.filter(pk=file.pk).update(state=FileState.CLEAN, storage_key="x")


def test_only_who_sees_stock_and_its_own_partner_are_handed_it(
    report: StockReport, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = scanned(add(report), ScanOutcome.CLEAN, monkeypatch)
    assert certificate_bytes(file=file, by=cast.viewer) == PDF
    with pytest.raises(FileNotShown):
        certificate_bytes(file=file, by=shop(cast.author, "Example Outlet"))
    regulator = Staff.objects.create(
        email="authority@desk.example", name="Authority", role=Role.REGULATOR
    )
    with pytest.raises(NotPermitted):
        certificate_bytes(file=file, by=regulator)


def test_a_rotation_of_keys_reaches_the_files(
    report: StockReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = scanned(add(report), ScanOutcome.CLEAN, monkeypatch)
    before = FilesOfShelf(CERTIFICATES, "made up").count()
    assert sum(before.values()) == 1
    rotate()
    assert FilesOfShelf(CERTIFICATES, "made up").count().keys().isdisjoint(before.keys())
    assert certificate_bytes(file=file, by=report.partner) == PDF


def test_a_file_that_no_row_names_goes_after_a_day(
    report: StockReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = CERTIFICATES.keep([PDF], recall_id=report.recall_id)
    named = add(report)
    assert CERTIFICATES.forget_orphans() == 0
    monkeypatch.setattr(shelf, "ORPHAN_AFTER", -shelf.ORPHAN_AFTER)
    assert CERTIFICATES.forget_orphans() == 1
    assert stored() == [named.storage_key]
    assert kept.key not in stored()


def test_a_certificate_leaves_with_the_recall(
    report: StockReport, cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = scanned(add(report), ScanOutcome.CLEAN, monkeypatch)
    waits = add(report, PDF + b"%")
    left = tmp_path / "left"
    leave(recall=report.recall, to=left, by=cast.administrator, reason="Made up.")
    assert (left / f"enclosed/certificate-{file.pk}.pdf").read_bytes() == PDF
    assert not (left / f"enclosed/certificate-{waits.pk}.pdf").exists()
