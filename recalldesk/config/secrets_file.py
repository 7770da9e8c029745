"""Made-up secrets for `demo` and `test`, kept in the data folder so that a restart can read on.

Production never comes here: its secrets come from the environment only.
"""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from recalldesk.sealing.keys import new_key


def _fresh() -> dict[str, str]:
    return {
        "secret_key": secrets.token_urlsafe(64),
        "sealing_keys": f"local-1:{new_key()}",
        "lookup_key": new_key(),
    }


def local_secrets(home: Path) -> dict[str, Any]:
    """The secrets in `home/secrets.json` (mode 0600), made at the first call. `home` is there."""
    path = home / "secrets.json"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    made = _fresh()
    with os.fdopen(descriptor, "w") as file:
        json.dump(made, file)
        file.flush()
        os.fsync(file.fileno())
    return made


def _read(path: Path) -> dict[str, Any]:
    loaded = json.loads(path.read_text() or "{}")
    if not isinstance(loaded, dict) or set(loaded) != set(_fresh()):
        raise SystemExit(
            f"{path} is not complete. It holds the made-up secrets of a demo or test "
            "installation: remove it, together with the folder's database, and start again."
        )
    return loaded
