"""Brings a base backup to life in an empty data folder, with the archived changes that followed.

Guarantees: nothing is put in the place of a database that is there; what failed leaves none; the
recovered database goes on in a time line of its own, so that its changes never meet those that
were archived before under one name.
"""

import os
import secrets
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from recalldesk.postgres import archive, cluster, places, postmaster
from recalldesk.postgres.binaries import binaries_for
from recalldesk.postgres.errors import ClusterUnusableError, RecoveryFailedError, StartFailedError
from recalldesk.postgres.places import Places

LONGEST_SECONDS = 24 * 3600.0
"""A recovery lasts as long as the changes are many."""
NOT_REACHED = "recovery ended before configured recovery target was reached"


def recover(
    folder: Path,
    base: Path,
    *,
    fetched_from: Path | None,
    until: datetime | None = None,
    settings: Mapping[str, str] | None = None,
    run_as: str | None = None,
) -> None:
    """Recovers the copy `base` into the data folder of an embedded server, which is stopped after.

    `until`: what was committed later is left out. Raises ClusterUnusableError where a database is
    there, RecoveryFailedError, and other PostgresErrors.
    """
    folder = places.absolute(folder)
    places.prepare(folder)
    settled = places.settle(folder, run_as)
    if cluster.is_made(settled):
        raise ClusterUnusableError(
            f"A database is in {settled.home} already.",
            "Restore into an empty RECALLDESK_HOME; nothing was changed.",
        )
    places.prepare_home(settled)
    _put_in_place(settled, base)
    try:
        _replay(settled, fetched_from, until, settings or {})
    except BaseException:
        shutil.rmtree(settled.cluster, ignore_errors=True)
        raise


def remove_unfinished(folder: Path, run_as: str | None = None) -> None:
    """Removes the database that a recovery which was killed left in a data folder. Raises a
    PostgresError.
    """
    folder = places.absolute(folder)
    if not folder.is_dir():
        return
    settled = places.settle(folder, run_as)
    postmaster.stop(settled)
    shutil.rmtree(settled.cluster, ignore_errors=True)


def _put_in_place(settled: Places, base: Path) -> None:
    draft = settled.home / f"{cluster.DRAFT_PREFIX}{secrets.token_hex(4)}"
    try:
        shutil.copytree(base, draft, symlinks=True)
        (draft / "recovery.signal").touch()
        for place, _, names in os.walk(draft):
            for path in (Path(place), *(Path(place) / name for name in names)):
                path.chmod(0o700 if path.is_dir() else 0o600)
                if settled.account.is_another:
                    os.chown(path, settled.account.uid, settled.account.gid)
        if settled.cluster.exists():
            settled.cluster.rmdir()
        draft.rename(settled.cluster)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _replay(
    settled: Places,
    fetched_from: Path | None,
    until: datetime | None,
    settings: Mapping[str, str],
) -> None:
    asked = {
        **settings,
        # Nobody reads on the way; ready is said when all was replayed.
        "hot_standby": "off",
        "restore_command": archive.fetching(fetched_from),
        "recovery_target_action": "promote",
        "recovery_target_timeline": "latest",
    }
    if until is not None:
        asked["recovery_target_time"] = until.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f+00")
    try:
        postmaster.launch(settled, binaries_for(settled), asked, seconds=LONGEST_SECONDS)
    except StartFailedError as error:
        raise _failed(error, until) from error
    postmaster.stop(settled)


def _failed(error: StartFailedError, until: datetime | None) -> RecoveryFailedError:
    if NOT_REACHED in error.message:
        return RecoveryFailedError(
            f"Nothing was archived after {until:%Y-%m-%d %H:%M:%S} UTC.",
            "Leave --until out to have all that was archived, or name an earlier time.",
        )
    return RecoveryFailedError(error.message, error.hint)
