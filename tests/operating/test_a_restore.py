"""A restore brings back what was there, says what is lost, and lets nothing be ordered."""

import json
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.now_and_then import now_and_then
from tests.operating.installed import Installed
from tests.programs import data_folder

OLGA, PAVEL = "Olga Quispe-Made-Up", "Pavel Imagined"


@pytest.fixture(scope="module")
def lost() -> Iterator[Installed]:
    """An installation that was backed up, and went on; then its disk was lost."""
    with data_folder() as home:
        installed = Installed(home).prepared()
        installed.filled("fill")
        said = installed.runs("backup", str(installed.backups))
        assert "Not in it, to be kept elsewhere:" in said
        installed.filled("later")
        yield installed


def test_what_was_archived_is_there_again_and_nothing_is_lost(lost: Installed) -> None:
    before = lost.filled("show")
    new = lost.moved("whole")
    said = new.runs("restore", str(lost.backups))
    assert stat.S_IMODE(new.home.stat().st_mode) == 0o711  # as it was: its database lies in it
    after = new.filled("show")
    assert after["owners"] == before["owners"] == [OLGA, "", PAVEL]
    assert after["photos"] == before["photos"]
    assert len(after["photos"]) == 2
    assert after["pictures"] == before["pictures"]
    assert len(after["pictures"]) == 3
    assert after["rows"] > before["rows"]
    assert after["held"]
    assert "Erased again, as before the restore: 0 filings." in said
    assert "0 rows that are lost" in said
    verified = json.loads(new.runs("audit", "verify", "--json"))
    assert verified["whole"]
    assert verified["restores"][0]["heads_lost"] == []


def test_without_the_archive_the_log_says_what_is_lost_and_who_was_erased_stays_so(
    lost: Installed, tmp_path: Path
) -> None:
    new = lost.moved("short")
    said = new.runs("restore", str(lost.backups), "--archive", str(tmp_path))
    after = new.filled("show")
    assert after["owners"] == [OLGA, ""]
    assert "Erased again, as before the restore: 1 filing." in said
    verified = json.loads(new.runs("audit", "verify", "--json"))
    assert verified["whole"]
    (restore,) = verified["restores"]
    assert restore["rows_lost"] > 0
    assert len(restore["heads_lost"]) == 1
    assert "are lost" in new.runs("audit", "verify")


@now_and_then
def test_a_journal_that_is_gone_keeps_ordering_held_whatever_is_reconciled(
    lost: Installed, tmp_path: Path
) -> None:
    new = lost.moved("no-journal")
    elsewhere = {"RECALLDESK_JOURNAL_FOLDER": str(tmp_path / "journal")}
    said = new.runs("restore", str(lost.backups), **elsewhere)
    assert "The journal was gone" in said
    assert "Nothing is ordered" in new.runs("remedies", "reconcile", code=1, **elsewhere)
    assert "(journal_lost)" in new.runs("doctor", code=1, **elsewhere)


def test_a_data_folder_that_is_in_use_is_not_touched(lost: Installed) -> None:
    before = lost.filled("show")
    said = lost.runs("restore", str(lost.backups), code=1)
    assert "is not empty" in said
    assert lost.filled("show") == before


@now_and_then
def test_a_restore_that_was_broken_off_is_served_by_nobody_and_begins_anew(
    lost: Installed,
) -> None:
    new = lost.moved("broken")
    said = new.runs("restore", str(lost.backups), "--until", "2100-01-01", code=1)
    assert "Nothing was archived after 2100-01-01" in said
    (new.home / "photos").mkdir(exist_ok=True)
    (new.home / "photos" / "half").write_text("of a photo")
    for command in ("work", "backup", "database prepare"):
        assert "was broken off" in new.runs(*command.split(), code=1)
    new.runs("restore", str(lost.backups))
    assert new.filled("show")["owners"] == [OLGA, "", PAVEL]
    assert not (new.home / "photos" / "half").exists()


def test_a_backup_that_was_touched_is_refused(lost: Installed, tmp_path: Path) -> None:
    (backup,) = lost.backups.glob("2*")
    copy = tmp_path / "copy"
    shutil.copytree(backup, copy)
    photo = next(path for path in (copy / "home" / "photos").rglob("*") if path.is_file())
    photo.write_bytes(b"another")
    new = lost.moved("refusing")
    assert "not as they were taken" in new.runs("restore", str(copy), code=1)
    (copy / "manifest.json").unlink()
    assert "no whole backup" in new.runs("restore", str(copy), code=1)


def test_a_restore_with_other_keys_says_so(lost: Installed) -> None:
    new = Installed(lost.home.with_name("other-keys"))
    said = new.runs("restore", str(lost.backups), code=1)
    assert "key" in said
    assert "broken off" in new.runs("work", code=1)
