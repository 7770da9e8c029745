"""Made-up secrets for `demo` and `test`, kept in the data folder so that a restart can read on.

Production never comes here: its secrets come from the environment only. Guarantee: several programs
that begin at once have the same secrets, and the file is there whole or not at all.
"""

import json
import secrets
from pathlib import Path
from typing import Any

from recalldesk.foundation.file_lock import FileLock
from recalldesk.foundation.problem import Problem
from recalldesk.postgres import places
from recalldesk.postgres.private_files import write_whole
from recalldesk.sealing.keys import new_key


class SecretsIncomplete(Problem):
    """The file is there and cannot be used."""


def _fresh() -> dict[str, str]:
    return {
        "secret_key": secrets.token_urlsafe(64),
        "sealing_keys": f"local-1:{new_key()}",
        "lookup_key": new_key(),
        "log_key": new_key(),
    }


MADE_LATER = frozenset({"log_key"})
"""Secrets that a file of an earlier version lacks. Nothing in the database rests on them."""


def local_secrets(home: Path) -> dict[str, Any]:
    """The secrets in `home/secrets.json` (mode 0600), made at the first call. `home` is there.

    An empty file counts as none where there is no database yet, whose rows it might have sealed.
    """
    path = home / "secrets.json"
    if _is_filled(path) and _is_whole(_loaded(path)):
        return _read(path)
    lock = FileLock(home / "secrets.lock")
    lock.wait_exclusive()
    try:
        if path.exists() and not _is_filled(path) and not places.has_cluster(home / "postgres"):
            path.unlink()
        if not path.exists():
            write_whole(path, json.dumps(_fresh()))
        _add_what_is_made_later(path)
    finally:
        lock.release()
    return _read(path)


def _add_what_is_made_later(path: Path) -> None:
    """Into a file that lacks nothing else; what it holds stays."""
    loaded, fresh = _loaded(path), _fresh()
    if isinstance(loaded, dict) and set(loaded) == set(fresh) - MADE_LATER:
        draft = path.with_suffix(".part")
        draft.unlink(missing_ok=True)
        write_whole(draft, json.dumps(fresh | loaded))
        draft.replace(path)


def _is_filled(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _loaded(path: Path) -> Any:
    try:
        return json.loads(path.read_text() or "{}")
    except ValueError:
        return None


def _is_whole(loaded: Any) -> bool:
    return isinstance(loaded, dict) and set(loaded) == set(_fresh())


def _read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = _loaded(path)
    if not _is_whole(loaded):
        raise SecretsIncomplete(
            f"{path} is not complete. It holds the made-up secrets of a demo or test installation.",
            "Remove it, together with the folder's database, and start again.",
        )
    return loaded
