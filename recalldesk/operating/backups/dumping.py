"""The database of DATABASE_URL, copied and brought back by pg_dump and pg_restore of the wheel.

Guarantee: its password is handed over in the environment of a program of ours only.
"""

from pathlib import Path
from typing import Any

from django.db import connection

from recalldesk.operating.errors import BackupUnusable
from recalldesk.postgres import privileges
from recalldesk.postgres.binaries import installed

NAME = "database.dump"


def dump(folder: Path) -> None:
    """Copies all of the database into the folder. Raises BackupUnusable, BinariesMissingError."""
    path = folder / NAME
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")


def load(folder: Path) -> None:
    """Brings a copy back into an empty database, whole or not at all. Raises BackupUnusable,
    BinariesMissingError.
    """
    database = connection.settings_dict["NAME"]
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    _run("pg_restore", *options, f"--dbname={database}", str(folder / NAME))


def _run(program: str, *words: str) -> None:
    command: list[str | Path] = [installed().program(program), "--no-password", *words]
    code, printed = privileges.run(privileges.ourselves(), command, environment=_environment())
    if code != 0:
        lines = printed.strip().splitlines()
        said = "\n".join([line for line in lines if "error:" in line][:5] or lines[-5:])
        raise BackupUnusable(
            f"{program} says:\n{said}",
            "Where the server is newer than this program, have its own people copy it "
            "(docs/operating.md) and take the files by `--files-only`.",
        )


def _environment() -> dict[str, str]:
    """How to connect, as PostgreSQL's programs read it."""
    database: dict[str, Any] = connection.settings_dict
    options: dict[str, Any] = database.get("OPTIONS", {})
    values = {
        "PGHOST": database["HOST"],
        "PGPORT": database["PORT"],
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": database["NAME"],
        "PGSSLMODE": options.get("sslmode"),
        "PGSSLROOTCERT": options.get("sslrootcert"),
        "PGCONNECT_TIMEOUT": options.get("connect_timeout"),
    }
    return {name: str(value) for name, value in values.items() if value}
