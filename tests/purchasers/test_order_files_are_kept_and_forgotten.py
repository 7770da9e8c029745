"""An order file is kept sealed for its recall, matched anew, rotated, and erased on its day."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.purchasers import kept_files
from recalldesk.purchasers.errors import NoSuchFile, OrdersRefused
from recalldesk.purchasers.forgetting import erase_old_files, forget_orphans, forget_rejected_lines
from recalldesk.purchasers.importing.anew import match_files_anew
from recalldesk.purchasers.models import OrderFile, OrderReject, Purchase
from recalldesk.purchasers.reads.files import file_page, files_listed, rejects_of
from recalldesk.sealing.rotation import rotate
from tests.cast import PLAIN_FILES, Desk
from tests.purchasers.shops import Shops, Sold

pytestmark = pytest.mark.django_db
WHY = "does not have as many columns as the heading"


def in_store(folder: Path) -> list[Path]:
    return sorted(each for each in (folder / "orders").glob("*") if each.is_file())


def sent_back(shops: Shops, number: int) -> list[str]:
    found = rejects_of(shops.recall, number, by=shops.by)
    return b"".join(found.parts).decode("utf-8-sig").splitlines()


def read_again(file: OrderFile) -> bytes:
    with kept_files.working_folder() as folder, kept_files.in_the_clear(file, folder) as path:
        assert path.stat().st_mode & 0o077 == 0
        return path.read_bytes()


def test_the_file_is_kept_sealed_and_reads_the_same_after_a_rotation(
    shops: Shops, photos_folder: Path
) -> None:
    path = shops.own(Sold("1001"))
    shops.take(path)
    (stored,) = in_store(photos_folder)
    before = stored.read_bytes()
    assert b"Ana Example" not in before
    rotated = rotate()
    assert (rotated.unopened, rotated.left) == ((), 0)
    assert stored.read_bytes() != before
    assert read_again(OrderFile.objects.get()) == path.read_bytes()


def test_what_is_laid_down_in_the_clear_is_nowhere_but_in_the_working_folder(
    shops: Shops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a killed run leaves goes from there after a day; the system's own folder keeps it."""
    path = shops.own(Sold("1001"))
    path.write_bytes(path.read_text().encode("utf-16"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert shops.take(path).counts.taken == 1
    assert match_files_anew(shops.recall).files == 1


def test_a_file_that_is_refused_leaves_nothing(shops: Shops, photos_folder: Path) -> None:
    with pytest.raises(OrdersRefused):
        shops.take(shops.own())
    assert in_store(photos_folder) == []
    assert not OrderFile.objects.exists()


def test_it_is_erased_on_its_day_and_what_was_found_stays(
    shops: Shops, photos_folder: Path, settings: Settings
) -> None:
    settings.ORDER_FILES_KEPT = timedelta(days=30)
    shops.take(shops.own(Sold("1001"), more="1002,too,few\n"))
    taken_at = OrderFile.objects.get().at
    with time_machine.travel(taken_at + timedelta(days=29), tick=False):
        assert erase_old_files() == 0
    with time_machine.travel(taken_at + timedelta(days=30), tick=False):
        assert erase_old_files() == 1
        assert erase_old_files() == 0
    assert in_store(photos_folder) == []
    file = OrderFile.objects.get()
    assert (file.storage_key, file.lines) == ("", 3)
    change = StateChange.objects.get(reason=Reason.KEPT_LONG_ENOUGH)
    assert (change.subject, change.subject_id) == (Subject.ORDER_FILE, file.pk)
    (row,) = files_listed(shops.recall, by=shops.by).rows
    assert (row.kept_until, row.purchases) == (None, 1)
    done = match_files_anew(shops.recall)
    assert (done.files, done.erased, done.uncovered) == (0, 1, 0)
    assert Purchase.objects.get().unmatched_at is None


def test_rejected_lines_are_handed_out_logged_and_emptied_after_90_days(shops: Shops) -> None:
    number = shops.take(shops.own(Sold("1001"), more="1002,too,few\n")).number
    assert number is not None
    assert sent_back(shops, number)[1:] == [f"3,{WHY},1002,too,few"]
    assert StateChange.objects.filter(reason=Reason.FILE_TAKEN, subject_id=number).count() == 1
    with time_machine.travel(clock.now() + timedelta(days=91), tick=False):
        assert forget_rejected_lines() == 1
    assert sent_back(shops, number)[1:] == [f"3,{WHY},"]
    page = file_page(shops.recall, number, by=shops.by)
    assert (page.reasons, page.are_rejects_kept) == ({"column_count": 1}, False)
    assert OrderReject.objects.count() == 1


def test_rejects_are_mended_and_taken_in_as_they_are(shops: Shops) -> None:
    """A line that nobody mended is refused again."""
    number = shops.take(shops.own(Sold("1001"), more="1002,too,few\n1003,few\n")).number or 0
    lines = sent_back(shops, number)
    mended = ",".join(Sold("1002", pieces="3").cells)
    back = "\n".join(lines).replace("1002,too,few", mended) + "\n"
    taken = shops.take(shops.file(back))
    assert [(each.number, each.reason) for each in taken.rejects] == [(3, "column_count")]
    assert sorted(Purchase.objects.values_list("units", flat=True)) == [1, 3]


def test_who_may_not_gets_no_file_and_no_rejects(shops: Shops, desk: Desk) -> None:
    number = shops.take(shops.own(Sold("1001"), more="1002,too,few\n")).number or 0
    viewer = desk.cast.viewer
    with pytest.raises(NotPermitted):
        shops.take(shops.own(Sold("1009")), by=viewer)
    with pytest.raises(NotPermitted):
        rejects_of(shops.recall, number, by=viewer)
    assert file_page(shops.recall, number, by=viewer).row.number == number
    with pytest.raises(NotPermitted):
        files_listed(shops.recall, by=desk.cast.outsider)
    with pytest.raises(NoSuchFile):
        rejects_of(shops.recall, number + 1, by=shops.by)


def test_what_a_killed_import_left_in_the_store_goes_after_a_day(
    shops: Shops, photos_folder: Path, settings: Settings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path / "home"  # other processes of the tests work in the usual one
    shops.take(shops.own(Sold("1001")))
    kept_files.keep("a" * 32, shops.own(Sold("1002")), recall_id=shops.recall.pk)
    assert forget_orphans() == 0
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        assert forget_orphans() == 1
    assert len(in_store(photos_folder)) == 1


def test_a_file_that_one_of_two_disks_lost_is_put_back(
    shops: Shops, photos_folder: Path, settings: Settings, tmp_path: Path
) -> None:
    backend = "recalldesk.evidence.copied_folder.CopiedFolder"
    disks = {"location": photos_folder, "copies": tmp_path / "copies"}
    settings.STORAGES = PLAIN_FILES | {"photos": {"BACKEND": backend, "OPTIONS": disks}}
    path = shops.own(Sold("1001"))
    shops.take(path)
    (first,), (second,) = in_store(photos_folder), in_store(tmp_path / "copies")
    second.unlink()
    assert kept_files.copy_what_is_missing() == 1
    first.unlink()
    assert kept_files.copy_what_is_missing() == 1
    assert kept_files.copy_what_is_missing() == 0
    assert first.read_bytes() == second.read_bytes()
    assert read_again(OrderFile.objects.get()) == path.read_bytes()
