"""Backups stay for their days, hold no secret, and share what did not change."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.operating.backups import kept
from recalldesk.operating.backups.kept import Backup, backups_in, chosen, drop_archived
from recalldesk.operating.backups.manifest import Kind, Manifest, write_manifest
from recalldesk.operating.backups.taking import take_backup
from recalldesk.operating.errors import BackupUnusable, OperatingProblem
from recalldesk.remedies import journal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Path:
    """A data folder with photos, secrets, and things that are made anew."""
    home = tmp_path / "home"
    for name in ("photos/a/one", "photos/b/two", "index/trie", "static/page.css", "mail/letter"):
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (home / "secrets.json").write_text("{}")
    (home / "photos" / "half.part").write_text("half")
    settings.HOME, settings.JOURNAL_FOLDER = home, home / "journal"
    journal.note("code", {"remedy": "1"})
    return home


def made(folder: Path, days_ago: int, first_piece: str = "") -> Backup:
    at = clock.now() - timedelta(days=days_ago)
    place = folder / f"{at:%Y%m%dT%H%M%S}"
    place.mkdir(parents=True)
    manifest = Manifest("0", Kind.CLUSTER, at, at, first_piece=first_piece)
    write_manifest(place, manifest)
    return Backup(place, manifest)


def test_it_holds_what_must_be_kept_and_no_secret(home: Path, tmp_path: Path) -> None:
    taken = take_backup(tmp_path / "backups", files_only=True)
    assert set(taken.backup.manifest.files) == {
        "home/photos/a/one",
        "home/photos/b/two",
        "journal/journal.jsonl",
    }
    assert (taken.backup.folder / "home" / "photos" / "a" / "one").read_text() == "photos/a/one"
    names = {path.name for path in taken.backup.folder.rglob("*")}
    assert not names & {"secrets.json", "half.part", "trie", "letter"}
    row = StateChange.objects.get(subject=Subject.DATABASE)
    assert row.to_state == "backed_up"


def test_what_did_not_change_takes_no_second_place(home: Path, tmp_path: Path) -> None:
    first = take_backup(tmp_path / "backups", files_only=True).backup
    (home / "photos" / "b" / "two").write_text("another two")
    second = take_backup(tmp_path / "backups", files_only=True).backup
    same, changed = "home/photos/a/one", "home/photos/b/two"
    assert (first.folder / same).samefile(second.folder / same)
    assert not (first.folder / changed).samefile(second.folder / changed)
    assert (first.folder / changed).read_text() == "photos/b/two"


def test_old_ones_go_and_the_newest_stays(home: Path, tmp_path: Path, settings: Settings) -> None:
    settings.BACKUPS_KEPT = timedelta(days=30)
    folder = tmp_path / "backups"
    for days in (90, 40, 20):
        made(folder, days)
    assert take_backup(folder, files_only=True).dropped == 2
    with time_machine.travel(clock.now() + timedelta(days=400)):
        assert len(kept.drop_old(folder, kept=timedelta(days=30))) == 1
    assert len(backups_in(folder)) == 1


def test_archived_changes_go_with_the_oldest_backup(tmp_path: Path) -> None:
    archive, backups = tmp_path / "archive", tmp_path / "backups"
    archive.mkdir()
    names = [f"00000001{number:016X}" for number in (1, 2, 3)]
    for name in (*names, "00000002.history"):
        (archive / f"{name}.gz").touch()
    assert drop_archived(backups, archive) == 0
    made(backups, 2, first_piece=names[1])
    made(backups, 1, first_piece=names[2])
    assert drop_archived(backups, archive) == 1
    assert sorted(path.name for path in archive.iterdir()) == [
        f"{names[1]}.gz",
        f"{names[2]}.gz",
        "00000002.history.gz",
    ]


def test_the_newest_before_a_moment_is_chosen(tmp_path: Path) -> None:
    older, newer = made(tmp_path, 5), made(tmp_path, 1)
    (tmp_path / ".taking-1").mkdir()
    assert chosen(tmp_path, until=None) == newer
    assert chosen(tmp_path, until=clock.now() - timedelta(days=3)) == older
    assert chosen(older.folder, until=None) == older
    with pytest.raises(BackupUnusable, match="taken before"):
        chosen(tmp_path, until=clock.now() - timedelta(days=9))


def test_one_that_was_broken_off_counts_as_none_and_goes(home: Path, tmp_path: Path) -> None:
    left = tmp_path / "backups" / f"{kept.DRAFT}20260101"
    left.mkdir(parents=True)
    take_backup(tmp_path / "backups", files_only=True)
    assert not left.exists()


def test_a_folder_within_the_data_folder_is_refused(home: Path) -> None:
    with pytest.raises(OperatingProblem, match="a backup is to outlive"):
        take_backup(home / "backups", files_only=True)
