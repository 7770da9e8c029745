"""A copy of a running server comes to life elsewhere, with what was archived after it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from recalldesk.postgres import archive, base_backup, recovery, verifying
from recalldesk.postgres.errors import (
    BackupFailedError,
    ClusterUnusableError,
    RecoveryFailedError,
)
from recalldesk.postgres.server import Connection, EmbeddedServer
from tests.now_and_then import now_and_then

pytestmark = now_and_then

Ask = Callable[[Connection, str], list[tuple[object, ...]]]
QUICK = {"fsync": "off"}


@pytest.fixture
def kept(place: Path, usual_folder: Callable[[], Path], ask: Ask) -> "Kept":
    return Kept(place, usual_folder(), ask)


class Kept:
    """A server that archives, a copy of it, and what was written before, after and too late."""

    def __init__(self, place: Path, folder: Path, ask: Ask) -> None:
        self.archive, self.base, self.ask = place / "the 100% archive", place / "base", ask
        self.server = EmbeddedServer(folder, QUICK, archive=self.archive)
        connection = self.server.start()
        ask(connection, "CREATE TABLE written AS SELECT 'before'::text AS what")
        base_backup.take(connection, self.base, is_synced=False)
        ask(connection, "INSERT INTO written VALUES ('after')")
        self.between = datetime.now(UTC)
        time.sleep(0.01)
        ask(connection, "INSERT INTO written VALUES ('too late')")
        ask(connection, "SELECT pg_switch_wal()")
        self.server.stop_if_last()

    def written_in(self, folder: Path) -> set[object]:
        """What a recovered server says."""
        server = EmbeddedServer(folder, QUICK)
        try:
            return {row[0] for row in self.ask(server.start(), "SELECT what FROM written")}
        finally:
            server.stop_if_last()


def test_all_that_was_archived_is_there_again(kept: Kept, place: Path) -> None:
    verifying.verify(kept.base)
    recovery.recover(place / "new", kept.base, fetched_from=kept.archive, settings=QUICK)
    assert kept.written_in(place / "new") == {"before", "after", "too late"}


def test_up_to_a_moment_and_nothing_that_came_later(kept: Kept, place: Path) -> None:
    recovery.recover(
        place / "new",
        kept.base,
        fetched_from=kept.archive,
        until=kept.between,
        settings=QUICK,
    )
    assert kept.written_in(place / "new") == {"before", "after"}


def test_a_copy_is_whole_without_an_archive(kept: Kept, place: Path) -> None:
    recovery.recover(place / "new", kept.base, fetched_from=None, settings=QUICK)
    assert kept.written_in(place / "new") == {"before"}


def test_a_moment_after_all_that_was_archived_is_refused_and_leaves_nothing(
    kept: Kept, place: Path
) -> None:
    late = datetime(2100, 1, 1, tzinfo=UTC)
    with pytest.raises(RecoveryFailedError, match="Nothing was archived after 2100-01-01"):
        recovery.recover(
            place / "new", kept.base, fetched_from=kept.archive, until=late, settings=QUICK
        )
    recovery.recover(place / "new", kept.base, fetched_from=kept.archive, settings=QUICK)


def test_a_database_that_is_there_is_not_touched(kept: Kept) -> None:
    with pytest.raises(ClusterUnusableError, match="already"):
        recovery.recover(kept.server.folder, kept.base, fetched_from=None, settings=QUICK)
    assert kept.written_in(kept.server.folder) == {"before", "after", "too late"}


def test_a_copy_that_was_touched_is_seen(kept: Kept) -> None:
    (kept.base / "PG_VERSION").write_text("17\n")
    with pytest.raises(BackupFailedError, match="PG_VERSION was changed"):
        verifying.verify(kept.base)
    (kept.base / "PG_VERSION").unlink()
    (kept.base / "beside").touch()
    with pytest.raises(BackupFailedError, match=r"PG_VERSION is gone; beside was not taken"):
        verifying.verify(kept.base)


def test_changes_that_were_touched_are_seen(kept: Kept) -> None:
    (piece,) = (kept.base / "pg_wal").glob("0*")
    content = piece.read_bytes()
    piece.write_bytes(content[:32] + b"\0" * (len(content) - 32))
    with pytest.raises(BackupFailedError, match="its changes cannot be read"):
        verifying.verify(kept.base)


def test_a_manifest_that_was_touched_is_seen(kept: Kept) -> None:
    manifest = kept.base / "backup_manifest"
    manifest.write_text(manifest.read_text().replace('"Size": 3', '"Size": 4', 1))
    with pytest.raises(BackupFailedError, match="its manifest was changed"):
        verifying.verify(kept.base)


def test_pieces_that_no_copy_needs_are_dropped_and_all_others_stay(kept: Kept) -> None:
    first = base_backup.first_piece(kept.base)
    before = {path.name for path in kept.archive.iterdir()}
    assert archive.newest_at(kept.archive) is not None
    archive.drop_before(kept.archive, first)
    left = {path.name for path in kept.archive.iterdir()}
    assert f"{first}.gz" in left
    assert before - left == {name for name in before if name < first}
